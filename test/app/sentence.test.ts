import { describe, expect, test } from 'vitest'
import { commands } from '../../commands/index.ts'
import { rollbackWords } from '../../src/app/rollback-words.ts'
import { understood } from '../../src/app/sentence.ts'

const said = (line: string) => {
  const [, name = '', text = ''] = /^\/?(\S*)\s*([\s\S]*)$/.exec(line) ?? []
  const meant = understood({ name, text }, commands)
  return meant && { name: meant.command.name, ...(rollbackWords(meant.text) ?? { unread: meant.text }) }
}

describe('what people say', () => {
  test.each([
    ['回滚 checkout-svc', null, null],
    ['回滚checkout-svc', null, null],
    ['回滚：checkout-svc', null, null],
    ['/rollback checkout-svc 到 v1.7.3', 'v1.7.3', null],
    ['回滚 checkout-svc 到 v1.7.3 仅 eu-1', 'v1.7.3', 'eu-1'],
    ['回滚　ｃｈｅｃｋｏｕｔ－ｓｖｃ　到　ｖ１．７．３', 'v1.7.3', null],
    ['／ｒｏｌｌｂａｃｋ checkout-svc', null, null],
    ['回退 checkout-svc 到v1.7.3，仅eu-1', 'v1.7.3', 'eu-1'],
    ['把 checkout-svc 回滚到 v1.7.3', 'v1.7.3', null],
    ['请把checkout-svc回滚到v1.7.3版本', 'v1.7.3', null],
    ['帮我把 checkout-svc 在 eu-1 回滚到 v1.7.3 吧。', 'v1.7.3', 'eu-1'],
    ['把 checkout-svc 回滚一下', null, null],
    ['回滚 checkout-svc 在 production／eu-1', null, 'production/eu-1'],
    ['rollback checkout-svc to v1.7.3 in eu-1', 'v1.7.3', 'eu-1'],
    ['roll back checkout-svc to v1.7.3 only eu-1', 'v1.7.3', 'eu-1'],
    ['please roll back checkout-svc', null, null],
  ])('%s', (line, to, place) => {
    expect(said(line.replace('／ｒ', '/ｒ'))).toEqual({ name: 'rollback', service: 'checkout-svc', to, place })
  })

  test('is no command where it names none', () => {
    expect(said('今天天气不错')).toBeNull()
    expect(said('checkout-svc is broken')).toBeNull()
  })

  test('every command has a Chinese word of its own', () => {
    const words = commands.map(({ name, aliases = [] }) => [
      name,
      aliases.find((word) => /^\p{Script=Han}+$/u.test(word)),
    ])
    expect(words.filter(([, word]) => word === undefined)).toEqual([])
    expect(new Set(words.map(([, word]) => word)).size).toBe(words.length)
  })
})

describe('the words of a rollback', () => {
  test.each(['checkout-svc v1.7.3', 'checkout-svc to', 'checkout-svc to v1 to v2', 'checkout-svc 因为 5xx'])(
    'cannot be read from %s',
    (text) => expect(rollbackWords(text)).toBeNull(),
  )
  test('a word is cut nowhere in its middle', () => {
    expect(rollbackWords('only-svc to v1-only in into-1')).toEqual({
      service: 'only-svc',
      to: 'v1-only',
      place: 'into-1',
    })
  })
})
