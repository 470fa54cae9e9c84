import { describe } from 'vitest'
import { answersArePrivate } from './answers.ts'
import { roomsAreMadeOnce } from './incident-room.ts'
import { messagesAreFound } from './messages.ts'
import { peopleAreHeard } from './people.ts'
import { Play } from './play.ts'
import type { Stage, StageCan } from './stage.ts'
import { troubleIsToldApart } from './trouble.ts'

/** What every chat adapter promises. `setTheStage` starts a platform with people on it; `name` begins the keys of its texts. */
export function chatContract(name: string, setTheStage: () => Promise<Stage>, can: StageCan): void {
  describe(`chat contract: ${name}`, () => {
    const play = new Play(setTheStage)
    peopleAreHeard(play, can)
    answersArePrivate(play, can)
    messagesAreFound(play, can)
    roomsAreMadeOnce(play)
    troubleIsToldApart(name, play)
  })
}
