import type { PersonId } from '../core/actor.ts'
import type { Frozen } from '../core/freeze/refusal.ts'
import { sayPlain } from '../text/say.ts'
import type { Button } from '../view/view.ts'
import type { Input } from './command.ts'

/** A dialog as it was filled in, to be sent again with a reason to override. */
export interface Again {
  readonly form: string
  readonly value: string
  readonly inputs: Readonly<Record<string, string>>
}

/** What chats take as the value of a button. */
const longestValue = 1_900

/** *Override with a reason…*, for those who may, where a freeze refused the dialog they sent. */
export function overrideButtons(
  { delivery, language }: Input,
  { may }: Frozen,
  person: PersonId | null,
): readonly Button[] {
  const { deed } = delivery
  if (deed.kind !== 'submit' || person === null || !may.includes(person)) return []
  const { form, value, inputs } = deed
  const again = JSON.stringify({ form, value, inputs } satisfies Again)
  if (again.length > longestValue) return []
  return [
    { action: 'freeze.override', value: again, label: sayPlain(language, 'button.override-freeze'), tone: 'danger' },
  ]
}

/** Reads a button's value back; null when it is not one of ours. Never trusted: every right is looked up again. */
export function againOf(value: string): Again | null {
  try {
    const { form, value: of, inputs } = JSON.parse(value) as Partial<Record<keyof Again, unknown>>
    if (typeof form !== 'string' || typeof of !== 'string' || typeof inputs !== 'object' || inputs === null) return null
    const texts = Object.entries(inputs).filter((entry): entry is [string, string] => typeof entry[1] === 'string')
    return { form, value: of, inputs: Object.fromEntries(texts) }
  } catch {
    return null
  }
}
