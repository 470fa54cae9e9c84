import { describe, expect, it } from 'vitest'
import { cycles } from './cycles.ts'
import { wrongDirection } from './directions.ts'
import { longReadmes, tooLong, wrongNames, wrongWords } from './files.ts'
import { bannedModules, mayUse } from './globals.ts'
import type { Import } from './imports.ts'
import { unexplained, unregistered } from './registered.ts'
import { wrongText } from './texts.ts'

const imported = (from: string, to: string | null, typeOnly = false): Import => ({
  place: `${from}:1`,
  from,
  to,
  typeOnly,
})

describe('an import', () => {
  it.each([
    ['src/core/rollback/plan.ts', 'src/core/canonical.ts'],
    ['src/core/canonical.ts', 'node:crypto'],
    ['src/text/say.ts', 'src/core/wording.ts'],
    ['src/app/propose.ts', 'src/projection/desk.ts'],
    ['src/engine/run.ts', 'src/app/commit.ts'],
    ['commands/rollback.ts', 'src/app/command.ts'],
    ['commands/index.ts', 'commands/rollback.ts'],
    ['src/ports/secret.ts', 'zod'],
    ['src/adapters/chat/slack/api.ts', '@slack/bolt'],
    ['src/adapters/chat/slack/api.ts', 'src/text/say.ts'],
    ['src/adapters/ledger/sqlite/record.ts', 'src/adapters/ledger/chain.ts'],
    ['src/adapters/ledger/sqlite/verify.ts', 'src/adapters/ledger/audit/walk.ts'],
    ['src/adapters/ledger/sqlite/store/outbox.ts', 'src/adapters/ledger/sqlite/query.ts'],
    ['src/adapters/index.ts', 'src/adapters/chat/slack/index.ts'],
    ['src/playground/slack/hub.ts', 'ws'],
    ['src/playground/slack/hub.ts', 'src/playground/pages.ts'],
    ['src/main.ts', 'src/adapters/index.ts'],
    ['src/main.ts', 'src/playground/index.ts'],
    ['src/main.ts', 'commands/index.ts'],
  ])('from %s to %s is fine', (from, to) => {
    expect(wrongDirection(imported(from, to))).toBeNull()
  })

  it.each([
    ['src/core/rollback/plan.ts', 'src/ports/clock.ts'],
    ['src/core/canonical.ts', 'node:fs'],
    ['src/core/canonical.ts', 'zod'],
    ['src/text/say.ts', 'src/view/view.ts'],
    ['src/view/card.ts', 'src/ports/chat.ts'],
    ['src/view/card.ts', 'node:crypto'],
    ['src/ports/ledger.ts', 'src/config/load.ts'],
    ['src/projection/desk.ts', 'src/app/world.ts'],
    ['src/app/world.ts', 'src/engine/run.ts'],
    ['src/app/world.ts', 'commands/index.ts'],
    ['src/app/world.ts', 'node:timers/promises'],
    ['src/engine/run.ts', 'src/web/server.ts'],
    ['src/web/server.ts', 'src/engine/run.ts'],
    ['commands/help.ts', 'src/engine/run.ts'],
    ['src/app/world.ts', 'src/adapters/system/clock.ts'],
    ['src/web/server.ts', 'src/adapters/index.ts'],
    ['src/app/world.ts', 'src/main.ts'],
    ['src/adapters/chat/slack/api.ts', 'src/adapters/chat/dingtalk/api.ts'],
    ['src/adapters/chat/slack/api.ts', 'src/adapters/system/clock.ts'],
    ['src/adapters/chat/slack/api.ts', 'src/adapters/index.ts'],
    ['src/adapters/chat/slack/api.ts', 'src/app/world.ts'],
    ['src/adapters/chat/slack/api.ts', 'src/config/load.ts'],
    ['src/adapters/chat/slack/api.ts', 'src/view/view.ts'],
    ['src/adapters/chat/slack/api.ts', '@kubernetes/client-node'],
    ['src/adapters/ledger/chain.ts', 'src/adapters/ledger/sqlite/record.ts'],
    ['src/adapters/ledger/audit/walk.ts', 'src/adapters/ledger/sqlite/record.ts'],
    ['src/adapters/index.ts', 'src/app/world.ts'],
    ['src/playground/slack/hub.ts', 'src/core/canonical.ts'],
    ['src/core/canonical.ts', 'src/playground/json.ts'],
    ['src/main.ts', 'left-pad'],
    ['src/main.ts', 'test/kit/manual-clock.ts'],
    ['src/lib/thing.ts', 'src/core/canonical.ts'],
    ['src/core/canonical.ts', null],
  ])('from %s to %s is not', (from, to) => {
    expect(wrongDirection(imported(from, to))).not.toBeNull()
  })

  it("of view's types by an adapter is fine, of any other room's is not", () => {
    expect(wrongDirection(imported('src/adapters/chat/slack/api.ts', 'src/view/view.ts', true))).toBeNull()
    expect(wrongDirection(imported('src/adapters/chat/slack/api.ts', 'src/app/world.ts', true))).not.toBeNull()
    expect(wrongDirection(imported('src/core/canonical.ts', 'src/ports/clock.ts', true))).not.toBeNull()
  })

  it('of a module that brings time or processes in is found, unless the room may', () => {
    const found = bannedModules([
      imported('src/app/world.ts', 'node:timers/promises'),
      imported('src/app/world.ts', 'node:timers/promises', true),
      imported('src/adapters/chat/slack/api.ts', 'node:child_process'),
      imported('src/adapters/system/processes.ts', 'node:child_process'),
      imported('src/playground/shop.ts', 'node:timers/promises'),
      imported('src/playground/shop.ts', 'node:process'),
      imported('src/main.ts', 'node:process'),
      imported('src/main.ts', 'node:timers'),
    ])
    expect(found.filter((one) => !mayUse(one)).map(({ path, what }) => `${path} ${what}`)).toEqual([
      'src/app/world.ts node:timers/promises',
      'src/adapters/chat/slack/api.ts node:child_process',
      'src/playground/shop.ts node:process',
      'src/main.ts node:timers',
    ])
  })
})

describe('cycles', () => {
  it('are found whole, each once', () => {
    const knots = cycles([
      imported('a.ts', 'b.ts'),
      imported('b.ts', 'c.ts'),
      imported('c.ts', 'a.ts'),
      imported('c.ts', 'd.ts'),
      imported('d.ts', 'e.ts'),
      imported('e.ts', 'd.ts'),
      imported('e.ts', 'f.ts'),
      imported('a.ts', 'f.ts'),
      imported('g.ts', 'g.ts'),
    ])
    expect([...knots].sort((a, b) => String(a).localeCompare(String(b)))).toEqual([
      ['a.ts', 'b.ts', 'c.ts'],
      ['d.ts', 'e.ts'],
      ['g.ts'],
    ])
  })

  it('are not seen where there are none', () => {
    expect(cycles([imported('a.ts', 'b.ts'), imported('a.ts', 'c.ts'), imported('b.ts', 'c.ts')])).toEqual([])
  })
})

describe('files', () => {
  it('may have 300 lines and not 301, a README 60', () => {
    const lines = (count: number) => 'x\n'.repeat(count)
    const files = [
      { path: 'src/a.ts', text: lines(300) },
      { path: 'src/b.ts', text: lines(301) },
      { path: 'test/c.test.ts', text: lines(301) },
      { path: 'deploy/d.yaml', text: lines(301) },
      { path: 'src/e/README.md', text: lines(61) },
      { path: 'README.md', text: lines(61) },
    ]
    expect(tooLong(files)).toEqual(['src/b.ts has 301 lines', 'test/c.test.ts has 301 lines'])
    expect(longReadmes(files)).toEqual(['src/e/README.md has 61 lines'])
  })

  it('are not named after nothing', () => {
    const good = ['src/core/rollback/plan.ts', 'test/web/server.test.ts', 'src/adapters/chat/slack/sdk-log.ts']
    const bad = ['src/utils.ts', 'src/core/types.ts', 'src/helpers/a.ts', 'src/Camel.ts', 'test/common.test.ts']
    expect(wrongNames([...good, ...bad])).toEqual([
      'src/utils.ts',
      'src/core/types.ts',
      'src/helpers/a.ts (helpers)',
      'src/Camel.ts',
      'test/common.test.ts',
    ])
  })

  it('do not say what only makes sense on one machine, or later', () => {
    const note = ['TO', 'DO'].join('')
    const words = (path: string, text: string) => wrongWords([{ path, text }])
    expect(words('test/a.ts', `a\n// ${note}: b`)).toEqual([`test/a.ts:2 says ${note}`])
    expect(words('src/a.ts', "'/work/main'")).toEqual(['src/a.ts:1 says /work/m'])
    expect(words('docs/a.md', 'see /tmp/x and `/home/mei`')).toHaveLength(1)
    expect(words('src/a.ts', "get('/api/work/1', `https://host/tmp/x`, '/works', 'a/tmp/b')")).toEqual([])
    expect(words('deploy/pod.yaml', 'mountPath: /tmp/x')).toEqual([])
  })

  it('must be on their list', () => {
    const paths = [
      'commands/index.ts',
      'commands/help.ts',
      'commands/rollback.ts',
      'src/adapters/index.ts',
      'src/adapters/chat/slack/index.ts',
      'src/adapters/chat/slack/README.md',
      'src/adapters/check/tcp/index.ts',
      'src/adapters/ledger/chain.ts',
      'src/adapters/ledger/audit/walk.ts',
      'src/adapters/system/clock.ts',
    ]
    const imports = [
      imported('commands/index.ts', 'commands/help.ts'),
      imported('commands/index.ts', 'commands/rollback.ts', true),
      imported('src/adapters/index.ts', 'src/adapters/chat/slack/index.ts'),
    ]
    expect(unregistered(paths, imports)).toEqual([
      'commands/rollback.ts is not in commands/index.ts',
      'src/adapters/check/tcp is not in src/adapters/index.ts',
    ])
    expect(unexplained(paths)).toEqual(['src/adapters/check/tcp'])
  })
})

describe('a text', () => {
  it.each([
    ['card.title', '{glyph} {service}: done', '{glyph} {service}：完成'],
    ['card.count', '{count|one check|# checks} of {of}', '{of} 项中的 {count|# 项}'],
    ['card.version', 'Back on v1.7.3, 5.2 %', '已回到 v1.7.3，5.2%'],
    ['card.code', 'Type `/rollback x: y`', '输入 `/回滚 x: y`，见 .astern/'],
  ])('%s is right', (key, en, zh) => {
    expect(wrongText(key, { en, zh })).toEqual([])
  })

  it.each([
    ['a placeholder less', { en: '{a} and {b}', zh: '{a}' }],
    ['a placeholder of another name', { en: '{a}', zh: '{b}' }],
    ['a lost brace', { en: '{a', zh: '{a' }],
    ['nothing', { en: 'something', zh: '' }],
    ['a Chinese plural', { en: '{n|one|# more}', zh: '{n|一个|# 个}' }],
    ['a half-width comma', { en: 'a, b', zh: '失败,请重试' }],
    ['a half-width comma with a space', { en: 'a, b', zh: '失败, 请重试' }],
    ['a half-width comma after a placeholder', { en: '{a}, b', zh: '{a}, 请重试' }],
    ['a half-width period', { en: 'Failed.', zh: '失败.' }],
    ['a half-width colon', { en: 'Asked by: {a}', zh: '发起人: {a}' }],
    ['Chinese in English', { en: '失败', zh: '失败' }],
  ])('with %s is wrong', (_what, entry) => {
    expect(wrongText('card.title', entry)).not.toEqual([])
  })

  it('has a key of dotted words', () => {
    expect(wrongText('cardTitle', { en: 'a', zh: '啊' })).not.toEqual([])
  })
})
