import { describe, expect, it } from 'vitest'
import { knownAs, peopleNamed } from '../../../src/core/calendar/named.ts'

const people = [
  { id: 'mei', name: 'Mei Lin' },
  { id: 'tom', name: 'Tom Ode' },
  { id: 'tom2', name: 'Tom Ode' },
  { id: 'lin', name: '林美' },
]
const known = knownAs({ 'Mei@Example.com': 'mei', 'the night watch': 'lin' }, people)
const who = (...named: string[][]) => peopleNamed(named, known)

describe('whom a calendar names', () => {
  it.each([
    [['mei@example.com'], 'mei'],
    [['MEI@EXAMPLE.COM', 'somebody else'], 'mei'],
    [['nobody@example.com', 'Mei Lin'], 'mei'],
    [['  mei   LIN '], 'mei'],
    [['mei'], 'mei'],
    [['tom'], 'tom'],
    [['The Night Watch'], 'lin'],
    [['林美'], 'lin'],
  ])('%j is %s', (ways, person) => {
    expect(who(ways)).toEqual({ people: [person], unknown: [] })
  })

  it.each([
    [['Tom Ode']],
    [['Meili']],
    [['Mei L']],
    [['mei@other.example']],
    [['Mei Lin, somebody']],
    [['']],
    [['On call']],
  ])('%j is nobody: nothing is guessed', (ways) => {
    expect(who(ways)).toEqual({ people: [], unknown: [ways[0]] })
  })

  it.each(['Mei Lin, tom', 'tom & mei lin', '@mei / @tom', 'mei and tom', 'tom、mei', 'mei 和 tom', 'mei+tom'])(
    '%s are two',
    (title) => {
      expect(new Set(who([title]).people)).toEqual(new Set(['mei', 'tom']))
    },
  )

  it('each once; who is known counts, who is not is told', () => {
    expect(who(['mei'], ['Mei Lin'], ['gone@example.com', 'Gone'])).toEqual({
      people: ['mei'],
      unknown: ['gone@example.com'],
    })
  })

  it('believes the configuration before a name', () => {
    expect(peopleNamed([['tom']], knownAs({ Tom: 'mei' }, people)).people).toEqual(['mei'])
  })
})
