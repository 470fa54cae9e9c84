import { canonicalJson, type Json } from '../../../core/canonical.ts'
import type { PreviewLine } from '../../../ports/effector.ts'
import { asObject, type Template, textOf } from './template.ts'
import type { JsonObject } from './wire.ts'

/**
 * What changes between two templates, place by place. Environment, arguments, commands, annotations and every text we do not
 * know to be harmless may be secrets: of them only the place and that it changed. Numbers, switches, images, resources and
 * names of other objects are shown.
 */
export function previewLines(from: Template, to: Template): PreviewLine[] {
  const lines: PreviewLine[] = []
  compare('', asObject(from), asObject(to), lines)
  return lines.sort((a, b) => rank(a) - rank(b) || (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))
}

/** Images first: they are what people look for. */
const rank = (line: PreviewLine): number => (/\.image$/.test(line.path) ? 0 : 1)

function compare(path: string, from: Json | undefined, to: Json | undefined, lines: PreviewLine[]): void {
  if (same(from, to)) return
  const [before, after] = [partsOf(path, from), partsOf(path, to)]
  if (!before || !after || secretPlace(path)) {
    lines.push(lineOf(path, from, to))
    return
  }
  const already = lines.length
  for (const name of new Set([...before.keys(), ...after.keys()]))
    compare(`${path}${name}`, before.get(name), after.get(name), lines)
  // Each part is the same and the whole is not: their order is what changed, or an empty map came or went.
  if (lines.length === already) lines.push(lineOf(path, from, to))
}

const same = (from: Json | undefined, to: Json | undefined): boolean =>
  from === undefined || to === undefined ? from === to : canonicalJson(from) === canonicalJson(to)

/** The parts of a map or of a list of maps, by the name each has for people; undefined for what has no such parts. */
function partsOf(path: string, value: Json | undefined): Map<string, Json> | undefined {
  if (value === undefined || value === null) return new Map()
  if (typeof value !== 'object') return undefined
  if (!Array.isArray(value))
    return new Map(Object.entries(asObject(value)).map(([name, part]) => [segment(path, name), part as Json]))
  if (value.some((part) => typeof part !== 'object')) return undefined
  const names = value.map((part) => identityOf(path, asObject(part)))
  const named = new Set(names).size === names.length && !names.includes('')
  return new Map(value.map((part, index) => [`[${named ? names[index] : index}]`, part as Json]))
}

const segment = (path: string, name: string): string =>
  /^[\w-]+$/.test(name) ? `${path === '' ? '' : '.'}${name}` : `[${name}]`

/** List entries by their merge keys, so that an entry that only moved or was added before others reads as what it is. */
function identityOf(path: string, entry: JsonObject): string {
  if (/\.volumeMounts$/.test(path)) return textOf(entry.mountPath)
  if (/\.ports$/.test(path)) return `${String(entry.containerPort)}/${textOf(entry.protocol)}`
  return textOf(entry.name)
}

/** Where even the names within would be values: a whole entry of these changes as one. */
const secretPlace = (path: string): boolean =>
  /(^|\.)(args|command|tolerations|topologySpreadConstraints|hostAliases|sysctls)$/.test(path) ||
  /\.(env\[[^\]]*\]|exec|httpHeaders|matchExpressions|matchFields)$/.test(path)

const shownText =
  /\.(image|imagePullPolicy|restartPolicy|serviceAccountName|terminationMessagePolicy|dnsPolicy|schedulerName|priorityClassName)$|\.resources\.(requests|limits)[.[]|\.(configMap|configMapRef|secretRef)\.name$|\.secret\.secretName$|\.labels\[app\.kubernetes\.io\/version\]$/

function lineOf(path: string, from: Json | undefined, to: Json | undefined): PreviewLine {
  const kind = from === undefined ? 'added' : to === undefined ? 'removed' : 'changed'
  const [before, after] = [shown(path, from), shown(path, to)]
  return { path, kind, ...(before !== undefined && { from: before }), ...(after !== undefined && { to: after }) }
}

function shown(path: string, value: Json | undefined): string | undefined {
  if (/annotations/.test(path)) return undefined
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  return typeof value === 'string' && shownText.test(path) ? value : undefined
}
