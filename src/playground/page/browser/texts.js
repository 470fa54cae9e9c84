const texts = {
  people: ['Play as', '扮演'],
  channels: ['Channels', '频道'],
  apps: ['Apps', '应用'],
  home: ['Home', '主页'],
  messages: ['Messages', '消息'],
  shop: ['Shop', '商店'],
  chat: ['Chat', '聊天'],
  list: ['Channels', '频道'],
  you: ['you', '我'],
  guest: ['guest', '访客'],
  app: ['APP', '应用'],
  edited: ['(edited)', '（已编辑）'],
  onlyYou: ['Only visible to you', '仅你可见'],
  replies: ['{n} replies', '{n} 条回复'],
  reply: ['1 reply', '1 条回复'],
  replyInThread: ['Reply in thread', '在消息列中回复'],
  lastReply: ['last reply {at}', '最后回复 {at}'],
  thread: ['Thread', '消息列'],
  pins: ['Pinned', '已置顶'],
  pinned: ['Pinned', '已置顶'],
  noPins: ['Nothing is pinned here.', '还没有置顶的消息。'],
  close: ['Close', '关闭'],
  cancel: ['Cancel', '取消'],
  write: ['Message {to}', '发消息到 {to}'],
  writeReply: ['Reply…', '回复…'],
  send: ['Send', '发送'],
  more: ['More', '更多'],
  json: ['Show the JSON of this message', '查看这条消息的 JSON'],
  jsonTitle: ['Message as JSON', '消息 JSON'],
  canvas: ['Canvas', '画布'],
  file: ['File', '文件'],
  files: ['Files', '文件'],
  open: ['Open', '打开'],
  edit: ['Edit', '编辑'],
  save: ['Save', '保存'],
  join: ['Join channel', '加入频道'],
  notMember: ['You are looking at #{name}. You have not joined it.', '你正在查看 #{name}，尚未加入。'],
  empty: ['Nothing has been written here yet.', '这里还没有消息。'],
  emptyHint: [
    'Ship a bad release in the shop, then type /rollback checkout-svc here.',
    '在商店里发布一个有问题的版本，然后在这里输入 /rollback checkout-svc。',
  ],
  emptyHome: ['The app has not drawn this page yet.', '应用还没有绘制此页面。'],
  newMessages: ['New messages', '新消息'],
  today: ['Today', '今天'],
  connecting: ['Connection lost. Trying again…', '连接中断，正在重连…'],
  botAway: ['The bot is not connected.', '机器人未连接。'],
  joined: ['joined #{name}', '加入了 #{name}'],
  pinnedItem: ['pinned a message to this channel.', '置顶了一条消息。'],
  inThread: [
    'Slash commands do not work in threads. Write @astern and the command instead.',
    '消息列中不能使用斜杠命令，请改写 @astern 加命令。',
  ],
  required: ['Please complete this field.', '请填写此项。'],
  failed: ['That did not work: {why}', '操作未成功：{why}'],
  unreachable: ['The app did not answer in time. Try again.', '应用没有及时响应，请重试。'],
  commandFailed: ['{command} failed with the error "{why}"', '{command} 失败，错误为“{why}”'],
  unknownCommand: ['{command} is not a valid command.', '{command} 不是有效的命令。'],
  traffic: ['Traffic', '流量'],
  ship: ['Ship a release of', '发布新版本'],
  'kind.good': ['Good', '正常'],
  'kind.crash': ['Crashes', '启动即崩溃'],
  'kind.errors': ['Answers 5xx', '返回 5xx'],
  'kind.slow': ['Slow under load', '高负载变慢'],
  'kind.unready': ['Never ready', '永不就绪'],
  'kind.region': ['Breaks in us-1 only', '仅 us-1 出错'],
  'kind.branch': ['Wrong branch', '错误的分支'],
  shipped: ['Shipped by {by}, CI #{run}', '{by} 发布，CI #{run}'],
  shippedToast: ['CI ships {service} to one region after the other.', 'CI 正在逐个区域发布 {service}。'],
  perSecond: ['requests/s', '请求/秒'],
  errors: ['errors', '错误率'],
  p95: ['95 % within', '95% 响应'],
  pods: ['{ready} of {wanted} ready', '{ready}/{wanted} 就绪'],
  rolling: ['rolling out', '发布中'],
  stuck: ['rollout stuck', '发布卡住'],
  deleted: ['not there', '不存在'],
  'why.starting': ['starting', '启动中'],
  'why.stopping': ['stopping', '停止中'],
  recent: ['Shipped of late', '最近发布'],
  noReleases: ['Nothing since the start.', '启动以来没有发布。'],
  people2: ['members', '成员'],
  openHomeOf: ['What Astern holds for you', 'Astern 为你准备的'],
}

let column = 0

/** The page speaks the language of who plays. */
export function speak(language) {
  column = language === 'zh-CN' ? 1 : 0
  document.documentElement.lang = language
}

/** A text of the page, with its holes filled. */
export function say(key, values = {}) {
  const text = texts[key]?.[column] ?? key
  return text.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole))
}

export const knows = (key) => key in texts
export const locale = () => (column === 1 ? 'zh-CN' : 'en-GB')
