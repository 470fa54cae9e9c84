import { defineTexts } from './define.ts'

export const consoleTexts = defineTexts({
  'console.closed-title': { en: 'This link does not open the page', zh: '这个链接打不开此页面' },
  'console.closed': {
    en: 'A page of Astern opens by its whole link, with the key in it. Ask the bot in your chat for the incident: it answers with a link that works.',
    zh: 'Astern 的页面要用带密钥的完整链接打开。请在聊天里向机器人查询该故障，它会回复可用的链接。',
  },
  'console.missing-title': { en: 'Not in the ledger', zh: '账本里没有' },
  'console.missing': { en: 'The ledger holds nothing under {name}.', zh: '账本里没有 {name} 的记录。' },
  'console.service': { en: 'Service', zh: '服务' },
  'console.opened': { en: 'Opened', zh: '开始' },
  'console.closed-at': { en: 'Closed', zh: '关闭' },
  'console.still-open': { en: 'still open', zh: '尚未关闭' },
  'console.rollbacks': { en: 'Rollbacks', zh: '回滚' },
  'console.none': { en: 'none', zh: '无' },
  'console.events': { en: '{count|one event|# events}', zh: '{count|# 个事件}' },
  'console.event': { en: 'Event {position}', zh: '事件 {position}' },
  'console.by': { en: 'by', zh: '操作者' },
  'console.stream': { en: 'stream', zh: '流' },
  'console.hash': { en: 'chain', zh: '链' },
  'console.config': { en: 'configuration', zh: '配置' },
  'console.payload': { en: 'what it says', zh: '内容' },
  'console.explained': {
    en: 'From the ledger, in its order. Times are UTC. The chain is the hash over everything up to and including the event: “astern audit verify” checks it.',
    zh: '直接取自账本，按账本顺序排列，时间为 UTC。“链”是截至并包含该事件的哈希，可用“astern audit verify”校验。',
  },
  'web.port-taken': {
    en: '{address} is in use by another program. Choose another port with PORT.',
    zh: '{address} 已被其他程序占用，请用 PORT 换一个端口。',
  },
  'web.cannot-listen': {
    en: 'The system does not let Astern listen on {address}. Choose another address with HOST and PORT.',
    zh: '系统不允许在 {address} 上监听，请用 HOST 和 PORT 换一个地址。',
  },
})
