import type { types } from '@slack/bolt'
import type { Button } from '../../../../view/view.ts'
import { clean, cut } from './cut.ts'
import type { Block } from './rich.ts'

/** What Slack allows: https://docs.slack.dev/reference/block-kit/block-elements/button-element */
const labelChars = 75
const valueChars = 2000
const optionChars = 75
const overflowOptions = 5
const elementsPerBlock = 25

/** The action id of buttons that only open an address: Slack tells us of the click all the same. */
export const openLink = 'open-link'
/** The action id of "More"; what was meant is in the chosen option. */
export const moreMenu = 'more'

type Element = types.Button | types.Overflow

/** The actions of a view. `more` goes into overflow menus; those that ask back have one each, for the question belongs to the menu. */
export function drawButtons(buttons: readonly Button[], more: readonly Button[]): Block[] {
  const ids = new Map<string, number>()
  const unique = (id: string): string => {
    const count = (ids.get(id) ?? 0) + 1
    ids.set(id, count)
    return count === 1 ? id : `${id}#${count}`
  }
  const fits = more.filter((button) => optionValue(button).length <= optionChars)
  const long = more.filter((button) => optionValue(button).length > optionChars)
  const calm = fits.filter((button) => !button.confirm)
  const asking = fits.filter((button) => button.confirm)
  const menus = [...chunks(calm, overflowOptions), ...asking.map((button) => [button])]
  const elements: Element[] = [
    ...[...buttons, ...long].map((button) => element(button, unique)),
    ...menus.map((menu) => overflow(menu, unique)),
  ]
  return chunks(elements, elementsPerBlock).map((row): Block => ({ type: 'actions', elements: row }))
}

function element(button: Button, unique: (id: string) => string): types.Button {
  if (button.value.length > valueChars)
    throw new TypeError(`the value of button ${button.action} is too long for Slack`)
  return {
    type: 'button',
    action_id: unique(button.url ? openLink : button.action),
    text: label(button.label, labelChars),
    ...(button.value === '' ? {} : { value: button.value }),
    ...(button.tone ? { style: button.tone } : {}),
    ...(button.confirm ? { confirm: confirmation(button) } : {}),
    ...(button.url ? { url: button.url } : {}),
  }
}

function overflow(menu: readonly Button[], unique: (id: string) => string): types.Overflow {
  const [first] = menu
  return {
    type: 'overflow',
    action_id: unique(moreMenu),
    options: menu.map((button) => ({
      text: label(button.label, optionChars),
      value: optionValue(button),
      ...(button.url ? { url: button.url } : {}),
    })),
    ...(first?.confirm ? { confirm: confirmation(first) } : {}),
  }
}

const optionValue = (button: Button): string => (button.url ? openLink : `${button.action} ${button.value}`)

function confirmation(button: Button): types.ConfirmationDialog {
  const { title, text, yes, no } = button.confirm ?? { title: '', text: '', yes: '', no: '' }
  return {
    title: label(title, 100),
    text: label(text, 300),
    confirm: label(yes, 30),
    deny: label(no, 30),
    ...(button.tone ? { style: button.tone } : {}),
  }
}

/** Words without markup. Slack refuses empty ones. */
export const label = (text: string, max: number): types.PlainTextElement => ({
  type: 'plain_text',
  text: cut(clean(text), max) || '…',
  emoji: true,
})

function chunks<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  )
}

/** What a pressed button was, back from the wire; null for plain links. Inverse of `drawButtons`. */
export function pressed(action: { action_id: string; value?: string | undefined; option?: string | undefined }): {
  action: string
  value: string
} | null {
  const id = action.action_id.replace(/#\d+$/, '')
  if (id === openLink) return null
  if (id !== moreMenu || action.option === undefined) return { action: id, value: action.value ?? '' }
  if (action.option === openLink) return null
  const space = action.option.indexOf(' ')
  return { action: action.option.slice(0, space), value: action.option.slice(space + 1) }
}
