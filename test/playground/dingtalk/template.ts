const shown = { type: 'dynamicVisible', value: true, valueType: 'fixed', condition: { op: 'and', conditions: [] } }

function fixed(content: string): unknown {
  return { type: 'dynamicString', content, i18n: false }
}

function when(variable: string, op: string, value = ''): unknown {
  const one = { value, op, variable, variableType: 'global', type: 'variable', valueType: 'fixed' }
  return { ...shown, valueType: 'condition', condition: { op: 'and', conditions: [one] } }
}

function markdown(variable: string): unknown {
  const content = { type: 'dynamicMarkdown', valueType: 'variable', value: '', variable, variableType: 'global' }
  return { componentName: 'Markdown', id: `node_${variable}`, props: { mdVer: 0, visible: shown, content }, title: '' }
}

const input = {
  componentName: 'Input',
  id: 'node_input',
  props: {
    placeholder: fixed('原因'),
    currentValue: fixed(`\${reason_value}`),
    title: fixed('驳回原因'),
    id: 'reason',
    params: [],
    visible: when('state', 'equal', 'waiting'),
    status: { type: 'dynamicSelect', valueType: 'variable', value: 'normal', variable: 'input_status' },
    actionType: 'setLocalState',
    localVarAction: { variable: 'local_reason', variableType: 'global', varType: 'string', type: 'variableValue' },
  },
}

const noParam = { type: 'fixed', variable: '', value: '', name: '', variableType: 'global', id: '1' }

const buttons = {
  componentName: 'ButtonBlock',
  id: 'node_buttons',
  props: {
    visible: shown,
    buttons: [
      {
        id: 'approve',
        text: fixed(`同意：\${title}`),
        status: 'normal',
        color: 'blue',
        actionType: 'request',
        actionId: fixed(''),
        params: [{ type: 'fixed', name: 'op', value: 'approve', variable: '' }],
        failureToast: fixed('提交失败'),
        visible: when('state', 'equal', 'waiting'),
      },
      {
        id: 'reject',
        text: fixed('驳回'),
        status: 'normal',
        color: 'red',
        actionType: 'confirm',
        confirmTitle: fixed('驳回'),
        confirmMessage: fixed(`驳回 \${title}？`),
        confirmOkText: fixed('确认'),
        confirmCancelText: fixed('取消'),
        confirmOkReqActionActionId: fixed('reject'),
        confirmOkReqActionParams: [{ type: 'variable', name: 'reason', value: '', variable: 'local_reason' }, noParam],
        visible: when('state', 'equal', 'waiting'),
      },
      {
        id: 'done',
        text: fixed('已处理'),
        status: 'disabled',
        color: 'gray',
        actionType: 'url',
        visible: when('mine', 'isTrue'),
      },
      {
        id: 'link',
        text: fixed('看板'),
        status: 'normal',
        color: 'gray',
        actionType: 'url',
        url: { value: 'https://a.example/' },
      },
    ],
  },
}

const schema = {
  version: '1.0.0',
  componentsTree: [
    {
      componentName: 'StdCard',
      id: 'node_card',
      props: { cardName: fixed(`\${title}`), tagText: fixed(`\${tag}`) },
      children: [
        markdown('body'),
        { componentName: 'DividerBlock', id: 'node_line', props: { visible: shown } },
        input,
        buttons,
      ],
    },
  ],
}

function variable(name: string, type: string, isPrivate: boolean): unknown {
  return { name, private: isPrivate, type, id: name, description: '', editorVarType: 'variables' }
}

const editorData = {
  schemaVersion: '2.0.0',
  schema,
  variableList: [
    ...[variable('title', 'string', false), variable('tag', 'string', false), variable('body', 'markdown', false)],
    ...[variable('state', 'string', false), variable('mine', 'boolean', true)],
  ],
  expList: [
    { name: 'reason_value', expContent: "local_reason ? local_reason : ''", type: 'string' },
    { name: 'input_status', expContent: "mine ? 'disabled' : 'normal'", type: 'string' },
  ],
  localList: [{ name: 'local_reason', type: 'string' }],
}

/** A template in the form in which the card builder exports one. */
export const exportedTemplate = JSON.stringify({
  editorData: JSON.stringify(editorData),
  widgetInfo: '<LinearLayout></LinearLayout>',
  type: 'im',
  mode: 'card',
})
