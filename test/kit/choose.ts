import { type Name, type Story, userOf } from './story.ts'
import { until } from './until.ts'

interface Entry {
  readonly menu: string
  readonly option?: string
}

/** An entry of a message's menus, or its button. */
function entryOf(value: unknown, action: string): Entry | undefined {
  if (Array.isArray(value)) return value.map((one) => entryOf(one, action)).find((one) => one !== undefined)
  if (typeof value !== 'object' || value === null) return undefined
  const one = value as { type?: string; action_id?: string; options?: { value: string }[] }
  const option = one.options?.find((each) => each.value.startsWith(`${action} `))?.value
  if (one.type === 'overflow' && option && one.action_id) return { menu: one.action_id, option }
  if (one.type === 'button' && one.action_id === action) return { menu: action }
  return entryOf(Object.values(value), action)
}

/** Somebody presses what stands under *More* on a rollback's card. */
export async function choose(on: Story, who: Name, id: string, action: string): Promise<void> {
  const found = await until(`the card of ${id} offers ${action}`, () => {
    const card = on.card(id)
    const entry = card && entryOf(card.blocks, action)
    return entry && { card, entry }
  })
  const { card, entry } = found
  const pressed = await on.slack.as(userOf(who)).press(card.channel, card.ts, entry.menu, entry.option)
  if (!pressed.acked) throw new Error(`${who} chooses ${action}: ${pressed.error}`)
}
