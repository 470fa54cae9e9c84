import { expect, test } from 'vitest'
import { dingtalkConfig } from '../../../../src/adapters/chat/dingtalk/config.ts'

const whole = {
  tenant: 'dingastern0001',
  clientId: 'dingclient01',
  clientSecret: { env: 'DINGTALK_SECRET' },
  cardTemplate: '0b1c2d3e.schema',
}

test('needs no more than the application and the template', () => {
  expect(dingtalkConfig.parse(whole)).toMatchObject({
    apiUrl: 'https://api.dingtalk.com',
    oapiUrl: 'https://oapi.dingtalk.com',
    monthlyCalls: 10_000,
    timeZone: 'Asia/Shanghai',
  })
})

test.each([
  ['a tenant that is no CorpId', { tenant: 'T0123' }, 'CorpId'],
  ['a secret in the file itself', { clientSecret: 'shh' }, 'never in the configuration itself'],
  ['a template that is none', { cardTemplate: '0b1c2d3e' }, '….schema'],
  ['half a scene group', { sceneGroup: { template: 't' } }, 'owner'],
  ['a zone that is none', { timeZone: 'Mars/Olympus' }, 'time zone'],
  ['a key that is none', { apiurl: 'https://api.dingtalk.com' }, 'apiurl'],
])('%s is told', (_, change, words) => {
  const read = dingtalkConfig.safeParse({ ...whole, ...change })
  expect(read.success).toBe(false)
  expect(JSON.stringify(read.error?.issues)).toContain(words)
})
