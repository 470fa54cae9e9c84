import type { Unit } from '../core/release/measured.ts'
import { durationFormat, number } from './intl.ts'
import type { Language } from './language.ts'

/** `6 d 4 h`, `41 s`, `6 天 4 小时`: the two largest units that are not zero, by Intl.DurationFormat. */
export function duration(language: Language, ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000))
  const parts = {
    days: Math.floor(seconds / 86_400),
    hours: Math.floor(seconds / 3600) % 24,
    minutes: Math.floor(seconds / 60) % 60,
    seconds: seconds % 60,
  }
  const kept = Object.entries(parts)
    .filter(([, count]) => count > 0)
    .slice(0, 2)
  if (kept.length === 0) kept.push(['seconds', 0])
  const written = durationFormat(language, seconds === 0 ? 'always' : 'auto').format(Object.fromEntries(kept))
  return language === 'zh-CN' ? spaced(written) : written
}

/** As every other number stands among Chinese characters here: Intl writes none. */
const spaced = (text: string): string => text.replace(/(?<=\d)(?=\p{Script=Han})|(?<=\p{Script=Han})(?=\d)/gu, ' ')

/** The incident clock: `0:58`, `2:14`, `1:03:07`. */
export function clock(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  const two = (value: number) => String(value).padStart(2, '0')
  const hours = Math.floor(seconds / 3600)
  const minutes = Math.floor(seconds / 60) % 60
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`
}

/** A measured value with its unit: `12.4 %`, `340 ms`, `1.2 s`, `1,204`. A share that is not nothing never reads as 0 %. */
export function quantity(language: Language, value: number, unit: Unit): string {
  const gap = language === 'zh-CN' ? '' : ' '
  switch (unit) {
    case 'percent': {
      const tiny = value > 0 && value < 0.0005
      return `${tiny ? `<${number(language, 0.1, 1)}` : number(language, value * 100, 1)}${gap}%`
    }
    case 'seconds': {
      const [ms, s] = language === 'zh-CN' ? ['毫秒', '秒'] : ['ms', 's']
      return Math.abs(value) < 0.9995
        ? `${number(language, value * 1000, 0)} ${ms}`
        : `${number(language, value, 1)} ${s}`
    }
    case 'count':
      return number(language, value, Math.abs(value) < 10 ? 2 : 0)
  }
}
