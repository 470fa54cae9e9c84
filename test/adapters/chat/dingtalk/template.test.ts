import { readFileSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { drawCard } from '../../../../src/adapters/chat/dingtalk/render/card.ts'
import { nothingOwn } from '../../../../src/adapters/chat/dingtalk/render/params.ts'
import { card } from '../../../contract/chat/views.ts'
import { cardTemplate, privateNames, publicNames } from '../../../kit/dingtalk/template.ts'
import { directory, tenant } from '../../../kit/dingtalk/workspace.ts'

const file = new URL('../../../../deploy/dingtalk/card.json', import.meta.url)

test('deploy/dingtalk/card.json is the template that the adapter fills (UPDATE=1 writes it)', () => {
  if (process.env.UPDATE === '1') writeFileSync(file, cardTemplate())
  expect(readFileSync(file, 'utf8')).toBe(cardTemplate())
})

test('the template has every parameter that the adapter sends, and shows nobody what is private', () => {
  const ink = { directory, language: 'zh-CN', tenant, timeZone: 'Asia/Shanghai', mentioned: new Map() } as const
  const sent = Object.keys(drawCard(card('R-42'), 'cid1', ink))
  expect(sent.filter((name) => !publicNames.includes(name))).toEqual([])
  expect(publicNames.filter((name) => !sent.includes(name))).toEqual(['probe'])
  expect([...privateNames].sort()).toEqual(Object.keys(nothingOwn).sort())
})
