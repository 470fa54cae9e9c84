import { defineTexts } from './define.ts'

export const dingtalk = defineTexts({
  'dingtalk.unreachable': {
    en: 'DingTalk does not answer ({detail}). Nothing is lost: what is due is sent as soon as it does.',
    zh: '钉钉没有响应（{detail}）。内容不会丢失，恢复后会补发。',
  },
  'dingtalk.unreadable': {
    en: 'DingTalk answered {call} with something unreadable. A proxy may stand between.',
    zh: '钉钉对 {call} 的应答无法识别，中间可能有代理。',
  },
  'dingtalk.aborted': { en: 'Stopped while waiting for DingTalk.', zh: '等待钉钉时被中止。' },
  'dingtalk.busy': {
    en: 'DingTalk asks for a pause of {wait}; it is sent again by itself.',
    zh: '钉钉限流，{wait} 后自动重试。',
  },
  'dingtalk.quota': {
    en: 'The organisation’s DingTalk calls of this month are used up. Buy a larger edition or wait for the next month; Slack and the console go on.',
    zh: '本月钉钉 API 调用额度已用完。请升级版本或等到下月；Slack 和控制台不受影响。',
  },
  'dingtalk.token': {
    en: 'DingTalk refuses the application’s credentials ({error}). Check clientId and clientSecret in the developer console.',
    zh: '钉钉拒绝了应用凭证（{error}）。请在开发者后台核对 clientId 和 clientSecret。',
  },
  'dingtalk.permission': {
    en: 'The DingTalk application lacks a permission for {call}: {scope} ({error}). Grant it in the developer console under “Permissions”.',
    zh: '钉钉应用缺少 {call} 所需权限：{scope}（{error}）。请在开发者后台“权限管理”中申请。',
  },
  'dingtalk.template': {
    en: 'DingTalk does not know the card template ({error}). Import and publish deploy/dingtalk/card.json and set cardTemplate.',
    zh: '卡片模板不可用（{error}）。请导入并发布 deploy/dingtalk/card.json，并设置 cardTemplate。',
  },
  'dingtalk.room': {
    en: 'The robot cannot write to {room} ({error}). Add it to that group, or correct the id in the configuration.',
    zh: '机器人无法在 {room} 发消息（{error}）。请把机器人加入该群，或更正配置中的群 ID。',
  },
  'dingtalk.refused': { en: 'DingTalk refused {call}: {error}.', zh: '钉钉拒绝了 {call}：{error}。' },
  'dingtalk.no-account': {
    en: '{person} has no DingTalk account in the configuration. Add it to `accounts`.',
    zh: '配置中没有 {person} 的钉钉账号，请在 `accounts` 中添加。',
  },
  'dingtalk.no-package': {
    en: 'DING is not paid for in this way ({error}). Buy its package, or let people be woken in another way (`by`).',
    zh: '该 DING 方式的额度不足或未开通（{error}）。请购买资源包，或在 `by` 中换一种方式。',
  },
  'dingtalk.ring': { en: 'People can be woken by {way}.', zh: '可通过 {way} 提醒成员。' },
  'dingtalk.ring-costs': {
    en: 'People can be woken by {way}. Each costs; what is left of the package DingTalk does not tell.',
    zh: '可通过 {way} 提醒成员，按次计费；资源包余量钉钉不提供查询。',
  },
  'dingtalk.not-ours': {
    en: 'Nothing was done: only staff of this organisation can use this, in the group where it was sent.',
    zh: '未执行：仅限本组织员工在原群内操作。',
  },
  'dingtalk.stream': {
    en: 'DingTalk takes the credentials, and stream mode works.',
    zh: '应用凭证有效，Stream 模式可用。',
  },
  'dingtalk.contacts': { en: 'People can be looked up.', zh: '可查询通讯录成员。' },
  'dingtalk.files': { en: 'Files can be uploaded and sent.', zh: '可上传和发送文件。' },
  'dingtalk.card-seen': { en: 'The card template {template} can be used.', zh: '卡片模板 {template} 可用。' },
  'dingtalk.calls': {
    en: '{count} of {limit} API calls of this month were made by this bot; what others of the organisation made is not known here.',
    zh: '本月机器人已调用 {count}/{limit} 次 API；组织内其他应用的用量此处未知。',
  },
  'dingtalk.cut': { en: '… cut: all of it is in the console.', zh: '……内容过长已截断，完整内容见控制台。' },
  'dingtalk.more': { en: 'More', zh: '更多' },
  'dingtalk.busy-card': { en: '⏳ Working on it…', zh: '⏳ 处理中……' },
  'dingtalk.group': { en: 'the incident’s group', zh: '故障群' },
  'dingtalk.no-groups': {
    en: 'DingTalk has no user groups that a program may keep in step: take `groups.dingtalk` out of the schedule.',
    zh: '钉钉没有可由程序维护的用户组：请从值班表中删除 `groups.dingtalk`。',
  },
})
