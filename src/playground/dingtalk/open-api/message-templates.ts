import { isWire, parseJson, Refusal, type Wire } from '../store/wire.ts'
import type { Content, Link, World } from '../store/world.ts'

const mostBytes = 15_000
/** https://open.dingtalk.com/document/development/robot-message-type names these and no others. */
const fileTypes = new Set(['xlsx', 'pdf', 'zip', 'rar', 'doc', 'docx'])

/** A message template: the parameters it must have, with DingTalk's code when one is missing, and what it becomes. */
interface Template {
  readonly needs: Readonly<Record<string, string>>
  readonly may?: readonly string[]
  readonly content: (param: Record<string, string>, world: World) => Content
}

const titled = { title: 'miss.param.actionCardTotitle', text: 'miss.param.actionCardTotext' }

function buttons(count: number, title: string, url: string): Template {
  const numbers = Array.from({ length: count }, (_, index) => index + 1)
  const needs = numbers.flatMap((number): [string, string][] => [
    [`${title}${number}`, 'miss.param.actionCardTobtnsTotitle'],
    [`${url}${number}`, 'miss.param.actionCardTobtnsToactionUrl'],
  ])
  return {
    needs: { ...titled, ...Object.fromEntries(needs) },
    content: (param) =>
      links(
        param,
        numbers.map((number) => ({ title: param[`${title}${number}`] ?? '', url: param[`${url}${number}`] ?? '' })),
      ),
  }
}

function links(param: Record<string, string>, pairs: readonly Link[]): Content {
  return { kind: 'links', title: param.title ?? '', text: param.text ?? '', links: pairs }
}

const templates: Readonly<Record<string, Template>> = {
  sampleText: {
    needs: { content: 'miss.param.contentOfText' },
    content: ({ content = '' }) => ({ kind: 'text', text: content }),
  },
  sampleMarkdown: {
    needs: { title: 'miss.param.markdownTotitle', text: 'miss.param.markdownTotext' },
    content: ({ title = '', text = '' }) => ({ kind: 'markdown', title, text }),
  },
  sampleImageMsg: {
    needs: { photoURL: 'miss.param.photoTophotoUrl' },
    content: ({ photoURL = '' }, world) => ({ kind: 'image', image: checkedImage(world, photoURL) }),
  },
  sampleLink: {
    needs: {
      text: 'miss.param.textOfLink',
      title: 'miss.param.titleOfLink',
      messageUrl: 'miss.param.messageUrlOfLink',
    },
    may: ['picUrl'],
    content: (param) => links(param, [{ title: param.title ?? '', url: param.messageUrl ?? '' }]),
  },
  sampleActionCard: {
    needs: {
      ...titled,
      singleTitle: 'miss.param.actionCardTosingleTitle',
      singleURL: 'miss.param.actionCardTosingleUrl',
    },
    content: (param) => links(param, [{ title: param.singleTitle ?? '', url: param.singleURL ?? '' }]),
  },
  sampleActionCard2: buttons(2, 'actionTitle', 'actionURL'),
  sampleActionCard3: buttons(3, 'actionTitle', 'actionURL'),
  sampleActionCard4: buttons(4, 'actionTitle', 'actionURL'),
  sampleActionCard5: buttons(5, 'actionTitle', 'actionURL'),
  sampleActionCard6: buttons(2, 'buttonTitle', 'buttonUrl'),
  sampleFile: {
    needs: { mediaId: 'miss.param.file', fileName: 'miss.param.file', fileType: 'miss.param.file' },
    content: ({ mediaId = '', fileName = '', fileType = '' }, world) => {
      if (!fileTypes.has(fileType)) throw new Refusal('invalidParameter.msg.unsupport', `fileType ${fileType} 不支持`)
      if (!world.media.has(mediaId)) throw new Refusal('miss.param.file', 'mediaId 无效')
      return { kind: 'media', mediaId, name: fileName }
    },
  },
}

function checkedImage(world: World, image: string): string {
  if (/^https?:\/\//.test(image)) return image
  if (world.media.get(image)?.type !== 'image')
    throw new Refusal('miss.param.photoTophotoUrl', '需要photo->photoURL属性')
  return image
}

/** What a message of a template says. Refuses with the codes of the robot's interfaces. */
export function readMessage(world: World, msgKey: string, msgParam: string): Content {
  if (msgKey === '') throw new Refusal('invalidParameter.msgKey.empty', '缺少msgKey')
  const template = Object.hasOwn(templates, msgKey) ? templates[msgKey] : undefined
  if (!template) throw new Refusal('invalidParameter.msgKey.invalid', 'msgKey无效')
  if (Buffer.byteLength(msgParam) > mostBytes) throw new Refusal('invalidParameter.msgParam.tooLong', '消息内容太长')
  const given = parseJson(msgParam)
  if (!isWire(given)) throw new Refusal('invalidParameter.msgParam.invalid', 'msgParam必须是json格式')
  return template.content(checkedParam(template, given), world)
}

function checkedParam(template: Template, given: Wire): Record<string, string> {
  for (const [name, code] of Object.entries(template.needs))
    if (!given[name]) throw new Refusal(code, `需要${name}属性`)
  const read: Record<string, string> = {}
  for (const [name, value] of Object.entries(given)) {
    const isKnown = Object.hasOwn(template.needs, name) || template.may?.includes(name)
    if (!isKnown) throw new Refusal('UnknownParameter', `msgParam.${name} is not a field of this template`)
    if (typeof value !== 'string')
      throw new Refusal('invalidParameter.msgParam.invalid', `msgParam.${name}必须是字符串`)
    read[name] = value
  }
  return read
}
