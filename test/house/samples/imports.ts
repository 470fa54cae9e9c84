// In comments: import { nothing } from './nowhere.ts'
import type { Node } from 'typescript/unstable/ast'
import type { found } from './globals.ts'
import * as globals from './globals.ts'
import { type found as alsoFound, fine } from './globals.ts'

export type { found as again } from './globals.ts'
export { fine as stillFine } from './globals.ts'

export type Ways = [Node, typeof found, typeof alsoFound, typeof import('./globals.ts')]
export const later = () => import('node:path')
export const unknown = (name: string) => import(name)
export const text = "import { no } from './nowhere.ts'"
export const used = [fine, globals]
