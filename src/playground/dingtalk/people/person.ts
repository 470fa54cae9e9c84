import type { CardView } from '../cards/render.ts'
import type { Hub } from '../gateway/hub.ts'
import type { Ding, World } from '../store/world.ts'
import { type Outcome, refused } from './outcome.ts'
import { type Inputs, pressButton, viewOf } from './press.ts'
import { sayInGroup, sayToRobot } from './say.ts'

/** What one person can do, as if in DingTalk's own client. */
export class Person {
  readonly userId: string
  private readonly world: World
  private readonly hub: Hub

  constructor(world: World, hub: Hub, userId: string) {
    if (!world.people.has(userId)) throw new RangeError(`nobody has the userId ${userId}`)
    this.world = world
    this.hub = hub
    this.userId = userId
  }

  /** Writes in a group; `@Name` mentions the robot or a member. */
  say(conversation: string, text: string): Outcome {
    return this.gone() ?? sayInGroup(this.world, this.hub, this.userId, conversation, text)
  }

  /** Writes to the robot alone. */
  direct(text: string): Outcome {
    return this.gone() ?? sayToRobot(this.world, this.hub, this.userId, text)
  }

  /**
   * Fills in inputs of a card and presses a button, named by its id, action id or words. `space`: in another conversation,
   * to which the card was forwarded.
   */
  async press(card: string, button: string, inputs: Inputs = {}, space?: string): Promise<Outcome> {
    const press = { card, button, inputs, ...(space !== undefined && { space }) }
    return this.gone() ?? pressButton(this.world, this.hub, this.userId, press)
  }

  /** A card as this person sees it, with what they typed and did not send. */
  view(card: string, inputs: Inputs = {}): CardView | undefined {
    const found = this.world.cards.get(card)
    return found && viewOf(found, this.userId, inputs)
  }

  /** What rang for this person, oldest first. */
  dings(): Ding[] {
    return this.world.dings.filter(({ to }) => to.includes(this.userId))
  }

  private gone(): Outcome | undefined {
    return this.world.people.get(this.userId)?.hasLeft ? refused('has_left') : undefined
  }
}
