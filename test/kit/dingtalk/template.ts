import {
  buttonSlots,
  formParams,
  moreSlots,
  noteNames,
  noteSlots,
  slotParts,
  textParams,
} from '../../../src/adapters/chat/dingtalk/render/params.ts'

/*
 * Makes deploy/dingtalk/card.json in the form in which DingTalk's card builder exports a template: { editorData, widgetInfo, type,
 * mode }, modelled on exports that DingTalk published (github.com/open-dingtalk/dingtalk-card-examples). Only the properties that
 * differ from the builder's defaults are written.
 */

type Json = string | number | boolean | readonly Json[] | { readonly [name: string]: Json }
interface Component {
  readonly componentName: string
  readonly props: Readonly<Record<string, Json>>
  readonly children?: readonly Component[]
}

const words = (content: string) => ({ type: 'dynamicString', content, i18n: false })
const variable = (name: string) => words(`\${${name}}`)
const chosen = (name: string) => ({
  type: 'dynamicSelect',
  valueType: 'variable',
  variable: name,
  variableType: 'global',
})
const fixed = (type: string, value: string) => ({
  type,
  valueType: 'fixed',
  value,
  variable: '',
  variableType: 'global',
})

type Condition = readonly [name: string, op: 'isEmpty' | 'isNotEmpty' | 'equal', other?: string]

const visible = (...conditions: Condition[]) => ({
  type: 'dynamicVisible',
  value: true,
  valueType: 'condition',
  condition: {
    op: 'and',
    conditions: conditions.map(([name, op, other]) => ({
      type: 'variable',
      variable: name,
      variableType: 'global',
      op,
      value: other ?? '',
      valueType: other === undefined ? 'fixed' : 'variable',
      valueVariableType: 'global',
    })),
  },
})

const params = (of: Readonly<Record<string, string>>) =>
  Object.entries(of).map(([name, from], index) => ({
    id: String(index + 1),
    type: 'variable',
    name,
    value: '',
    variable: from,
    variableType: 'global',
  }))

const markdown = (name: string, before = ''): Component => ({
  componentName: 'Markdown',
  props: {
    content: words(`${before}\${${name}}`),
    visible: visible([name, 'isNotEmpty']),
    marginLeft: 12,
    marginRight: 12,
  },
})

const text = (name: string, ...conditions: Condition[]): Component => ({
  componentName: 'BaseText',
  props: {
    text: variable(name),
    visible: visible([name, 'isNotEmpty'], ...conditions),
    styleToken: 'common_footnote_text_style',
    marginLeft: 12,
    marginRight: 12,
  },
})

/** A button in three kinds, of which one is shown: one that opens an address, one that asks back, one that does neither. */
function slot(name: string): Component[] {
  const sent = params({ value: `${name}_value`, rev: 'rev', space: 'space' })
  const look = {
    text: variable(`${name}_label`),
    color: chosen(`${name}_color`),
    status: fixed('dynamicSelect', 'normal'),
    widthMode: 'match_parent',
    failureToast: words(''),
    successToast: words(''),
  }
  return [
    {
      componentName: 'SingleButton',
      props: {
        ...look,
        actionType: 'url',
        urlType: 'all',
        url: { type: 'dynamicLink', value: '', valueType: 'variable', variable: `${name}_url`, variableType: 'global' },
        visible: visible([`${name}_url`, 'isNotEmpty']),
      },
    },
    {
      componentName: 'SingleButton',
      props: {
        ...look,
        actionType: 'confirm',
        confirmTitle: variable(`${name}_ask_title`),
        confirmMessage: variable(`${name}_ask_text`),
        confirmOkText: variable(`${name}_ask_yes`),
        confirmOkAction: 'request',
        confirmOkReqActionActionId: variable(`${name}_action`),
        confirmOkReqActionParams: sent,
        confirmCancelText: variable(`${name}_ask_no`),
        confirmCancelAction: 'none',
        visible: visible([`${name}_action`, 'isNotEmpty'], [`${name}_ask_title`, 'isNotEmpty']),
      },
    },
    {
      componentName: 'SingleButton',
      props: {
        ...look,
        actionType: 'request',
        actionId: variable(`${name}_action`),
        params: sent,
        visible: visible([`${name}_action`, 'isNotEmpty'], [`${name}_ask_title`, 'isEmpty']),
      },
    },
  ]
}

const formSent = { form_name: 'form_name', form_value: 'form_value', form_id: 'form_id', rev: 'rev', space: 'space' }

const form: Component[] = [
  markdown('form_title', '#### '),
  markdown('form_text'),
  {
    componentName: 'Form',
    props: {
      id: 'form',
      formSchema: { type: 'variableValue', variable: 'form', variableType: 'global' },
      submitText: variable('form_submit'),
      status: fixed('dynamicSelect', 'normal'),
      actionType: 'request',
      actionId: words('form.submit'),
      params: params(formSent),
      visible: visible(['form_submit', 'isNotEmpty']),
    },
  },
  {
    componentName: 'SingleButton',
    props: {
      text: variable('form_cancel'),
      color: fixed('dynamicSelect', 'gray'),
      status: fixed('dynamicSelect', 'normal'),
      widthMode: 'match_parent',
      actionType: 'request',
      actionId: words('form.cancel'),
      params: params({ rev: 'rev', space: 'space' }),
      visible: visible(['form_cancel', 'isNotEmpty']),
    },
  },
]

const root: Component = {
  componentName: 'Card',
  props: {
    enableClickEvent: false,
    disabledWhileForward: true,
    autoFoldConfig: { needFold: false, heightLimit: 480, foldStatusLocalDataKey: '_cardFoldStatusLocalDataKey' },
    summaryContent: { type: 'variableValue', variable: 'summary', variableType: 'global' },
  },
  children: [
    markdown('title', '#### '),
    ...textParams.map((name) => markdown(name)),
    text('busy', ['busy_rev', 'equal', 'rev']),
    ...noteNames.map((name) => markdown(name)),
    ...noteSlots.flatMap(slot),
    ...form,
    ...buttonSlots.flatMap(slot),
    text('more'),
    ...moreSlots.flatMap(slot),
  ],
}

let nodes = 0
const numbered = ({ children, ...own }: Component): Json => {
  nodes += 1
  const id = `node_astern${nodes}`
  const common = { title: '', hidden: false, isLocked: false, condition: true, conditionGroup: '' }
  return { ...own, id, ...common, ...(children && { children: children.map(numbered) }) }
}

const component = (exportName: string) => ({
  package: '@ali/dxComponent',
  version: '1.0.0',
  exportName,
  main: './src/index.tsx',
  destructuring: false,
  subName: '',
  componentName: exportName,
})

const declared = (name: string, isPrivate: boolean, description = '') => ({
  id: name,
  name,
  type: name === 'form' ? 'form' : 'string',
  private: isPrivate,
  description,
  editorVarType: 'variables',
})

const partsOf = (slots: readonly string[]) => slots.flatMap((name) => slotParts.map((part) => `${name}_${part}`))

export const publicNames = [
  'title',
  ...textParams,
  ...partsOf(buttonSlots),
  ...partsOf(moreSlots),
  'more',
  'busy',
  'space',
  'summary',
  'rev',
  'probe',
]
export const privateNames = ['busy_rev', ...noteNames, ...partsOf(noteSlots), ...formParams]

/** The text of deploy/dingtalk/card.json. */
export function cardTemplate(): string {
  nodes = 0
  const used = ['Markdown', 'BaseText', 'SingleButton', 'Form', 'Card']
  const editorData = {
    schemaVersion: '3.0.0',
    schema: { version: '1.0.0', componentsMap: used.map(component), componentsTree: [numbered(root)], i18n: {} },
    mockData: { cardData: {}, cardPrivateData: {}, localData: {} },
    renderContext: {},
    editVersion: 0,
    customWidgetInfo: '',
    useCustomWidgetInfo: false,
    variableList: [
      ...publicNames.map((name) => declared(name, false)),
      ...privateNames.map((name) => declared(name, true)),
    ],
    formList: [],
    customContextList: [],
    expList: [],
    localList: [],
    hsfList: [],
    lwpList: [],
    pageData: {},
    extension: { extendType: 'NORMAL' },
  }
  const exported = { editorData: JSON.stringify(editorData), widgetInfo: '', type: 'im', mode: 'card' }
  return `${JSON.stringify(exported, null, 2)}\n`
}
