import { defineTexts } from './define.ts'

/** What the release gate tells CI: one line, read in a log. */
export const gate = defineTexts({
  'gate.open': { en: 'nothing stands against a release', zh: '可以发布' },
  'gate.freeze': {
    en: 'frozen until {until} by {id}: {reason}',
    zh: '封网中，至 {until}（{id}：{reason}）',
  },
  'gate.rollback': {
    en: '{rollback} was rolled back and {incident} is not closed: fix what was wrong, close it with `/incident close {incident} NOTE`, then release',
    zh: '{rollback} 已回滚且故障 {incident} 未关闭：请先修复，用 `/incident close {incident} 说明` 关闭后再发布',
  },
  'gate.rolling-back': {
    en: '{rollback} of {incident} is under way: wait for its end and close the incident',
    zh: '{incident} 的回滚 {rollback} 正在进行：请等待结束并关闭故障后再发布',
  },
  'gate.calendar': {
    en: 'cannot know: the freeze calendar {name} was never read. `astern doctor` says why',
    zh: '无法判断：封网日历 {name} 从未读到。运行 `astern doctor` 查看原因',
  },
  'gate.stale': {
    en: 'the freeze calendar {name} cannot be read at present; what it last said counts',
    zh: '封网日历 {name} 目前读不到，按最后一次读到的内容判断',
  },
  'gate.ledger': {
    en: 'cannot know: the ledger cannot be read',
    zh: '无法判断：账本读取失败',
  },
  'gate.no-token': {
    en: 'the release gate wants a token: send Authorization: Bearer TOKEN with one of those under gate.tokens',
    zh: '发布门禁需要令牌：请在 Authorization: Bearer 中携带 gate.tokens 下的令牌',
  },
  'gate.other-service': {
    en: 'this token is not for {service}',
    zh: '该令牌不能用于 {service}',
  },
  'gate.unknown-service': {
    en: 'there is no service {name}. There are: {known}',
    zh: '没有服务 {name}。现有：{known}',
  },
  'gate.unknown-place': {
    en: '{service} has no {name}. There are: {known}',
    zh: '{service} 没有 {name}。现有：{known}',
  },
})
