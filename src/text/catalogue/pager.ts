import { defineTexts } from './define.ts'

/** What a pager has to say of itself; `{said}` is its own word. */
export const pager = defineTexts({
  'pager.takes': {
    en: '{url} takes events ({said}). Nobody was woken.',
    zh: '{url} 可接收事件（{said}），未打扰任何人。',
  },
  'pager.answers': { en: '{url} answers. Nobody was woken.', zh: '{url} 有应答，未打扰任何人。' },
  'pager.comes-in': {
    en: 'acknowledgements come in at `{path}`: let the pager send its webhooks to this address',
    zh: '确认回执的接收地址是 `{path}`，请在呼叫平台的 webhook 中填写',
  },
  'pager.user': { en: '{person} is the user {said}', zh: '{person} 对应用户 {said}' },
  'pager.no-user': {
    en: 'There is no user {said} ({person}): an acknowledgement of hers would not be known as hers.',
    zh: '没有用户 {said}（{person}），无法识别其确认回执。',
  },
  'pager.unreachable': { en: '{url} cannot be reached ({said}).', zh: '{url} 无法访问（{said}）。' },
  'pager.late': { en: '{url} gave no answer in time.', zh: '{url} 未在时限内应答。' },
  'pager.busy': { en: '{url} takes no more for now: {said}', zh: '{url} 限流中：{said}' },
  'pager.trouble': { en: '{url} is in trouble: {said}', zh: '{url} 出现故障：{said}' },
  'pager.no-permission': {
    en: '{url} does not let us in ({said}). Check the keys of this pager.',
    zh: '{url} 拒绝访问（{said}）。请检查该呼叫渠道的密钥。',
  },
  'pager.redirected': {
    en: '{url} sends us elsewhere ({said}). Name the address that answers itself.',
    zh: '{url} 返回跳转（{said}）。请填写直接应答的地址。',
  },
  'pager.refused': { en: '{url} refuses the page: {said}', zh: '{url} 拒绝了呼叫：{said}' },
  'pager.no-way': {
    en: 'There is no key for {said} at {url}. Give the pager a key for everybody, or her one of her own.',
    zh: '{url} 没有用于 {said} 的密钥。请配置默认密钥，或为其单独配置。',
  },
  'pager.no-chat': {
    en: 'This pager needs the chat {chat}, which is not configured or not connected.',
    zh: '该呼叫渠道依赖 {chat}，但它未配置或未连接。',
  },
  'pager.perhaps': {
    en: 'Nobody knows whether it rang: it is not sent a second time.',
    zh: '无法确认是否已送达，为避免重复打扰，不再重发。',
  },
  'pager.not-understood': {
    en: 'The answer of {url} was not understood ({said}).',
    zh: '看不懂 {url} 的应答（{said}）。',
  },
})
