import { expect, test } from 'vitest'
import { scrub, sdkLogger } from '../../../../src/adapters/chat/slack/sdk-log.ts'
import { Heard } from '../../../kit/slack/workspace.ts'

test('tokens, secrets and tickets never pass', () => {
  const said = scrub(
    'Bearer xoxb-1-a_B-2 and xapp-1-A1-zz, wss://wss-primary.slack.com/link/?ticket=t1&app_id=A1 sign c0ffee5ec2e7',
    ['c0ffee5ec2e7'],
  )
  expect(said).toBe('Bearer <secret> and <secret>, wss://wss-primary.slack.com/link/ sign <secret>')
})

test('debug lines of the SDK hold whole payloads: they go nowhere', () => {
  const log = new Heard()
  const logger = sdkLogger(log, [])
  logger.debug('payload', { token: 'x' })
  logger.warn('http request failed', 'xoxb-1-secret')
  expect(log.lines).toEqual(['warn Slack SDK {"detail":"http request failed <secret>"} '])
})
