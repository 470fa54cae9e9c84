import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { texts } from '../../src/text/catalogue/index.ts'
import { cycles } from './cycles.ts'
import { dependencies, devDependencies, optionalDependencies } from './dependencies.ts'
import { wrongDirection } from './directions.ts'
import { longReadmes, type TextFile, textFiles, tooLong, wrongNames, wrongWords } from './files.ts'
import { bannedCrypto, bannedGlobals, bannedModules, type Found, mayUse } from './globals.ts'
import { type Import, importsOf } from './imports.ts'
import { isHouse, openProgram, root, type Source } from './program.ts'
import { unexplained, unregistered } from './registered.ts'
import { type Entry, unknownKeys, usedKeys, wrongText } from './texts.ts'

/** The compiler reads everything at once, on a machine that others load as well. */
const patienceMs = 120_000

let program: ReturnType<typeof openProgram>
let house: readonly Source[]
let imports: readonly Import[]
let globals: readonly Found[]
let files: readonly TextFile[]

beforeAll(() => {
  program = openProgram()
  house = program.sources.filter(({ path }) => isHouse(path))
  imports = house.flatMap(importsOf)
  const judged = [...house, sample('globals')]
  globals = [...bannedGlobals(judged, program.checker), ...bannedCrypto(judged)]
  files = textFiles()
}, patienceMs)

afterAll(() => program.close())

function sample(name: string): Source {
  const found = program.sources.find(({ path }) => path === `test/house/samples/${name}.ts`)
  if (!found) throw new Error(`there is no sample ${name}`)
  return found
}

/** Only that nobody believes an empty list: the house was really read. */
it('reads the whole house', () => {
  const onDisk = files.map(({ path }) => path).filter((path) => isHouse(path) && path.endsWith('.ts'))
  expect(house.map(({ path }) => path).sort()).toEqual(onDisk.sort())
  expect(imports.length).toBeGreaterThan(house.length)
})

describe('imports', () => {
  it('are seen in each of the ways there are', () => {
    const seen = importsOf(sample('imports')).map(({ to, typeOnly }) => `${to}${typeOnly ? ' type' : ''}`)
    const own = 'test/house/samples/globals.ts'
    expect(seen).toEqual([
      'typescript type',
      `${own} type`,
      own,
      own,
      `${own} type`,
      own,
      `${own} type`,
      'node:path',
      'null',
    ])
  })

  it('point one way', () => {
    const wrong = imports.flatMap((one) => {
      const why = wrongDirection(one)
      return why === null ? [] : [`${one.place} ${why}`]
    })
    expect(wrong).toEqual([])
  })

  it('of values make no cycle', () => {
    expect(cycles(imports.filter(({ typeOnly }) => !typeOnly))).toEqual([])
  })

  it('of types make no cycle either', () => {
    expect(cycles(imports)).toEqual([])
  })
})

describe('clock, randomness, network and processes', () => {
  it('are found by what they are, not by how they are written', () => {
    const path = 'test/house/samples/globals.ts'
    const found = globals.filter((one) => one.path === path).map(({ place, what }) => [place.split(':')[1], what])
    const lines = readFileSync(root + path, 'utf8').split('\n')
    const first = lines.findIndex((line) => line.includes('export const found'))
    expect(found).toEqual([
      ...[
        'setTimeout',
        'setInterval',
        'fetch',
        'Date.now',
        'new Date()',
        'Math.random',
        'performance.now',
        'Temporal.Now',
        'AbortSignal.timeout',
        'crypto.getRandomValues',
        'process.env',
        'process.argv',
      ].map((what, at) => [String(first + 2 + at), what]),
      ['1', 'randomUUID of node:crypto'],
    ])
  })

  it('come in through ports', () => {
    const wrong = [...globals, ...bannedModules(imports)].filter((one) => isHouse(one.path) && !mayUse(one))
    expect(wrong.map(({ place, what }) => `${place} uses ${what}`)).toEqual([])
  })
})

describe('files', () => {
  it('are short', () => {
    expect(tooLong(files)).toEqual([])
    expect(longReadmes(files)).toEqual([])
  })

  it('have names that say something', () => {
    expect(wrongNames(files.map(({ path }) => path))).toEqual([])
  })

  it('hold no notes to oneself and no paths of one machine', () => {
    expect(wrongWords(files)).toEqual([])
  })

  it('are on their list: commands and adapters', () => {
    expect(
      unregistered(
        files.map(({ path }) => path),
        imports,
      ),
    ).toEqual([])
  })

  it('have a README where they are an adapter', () => {
    expect(unexplained(files.map(({ path }) => path))).toEqual([])
  })
})

describe('package.json', () => {
  const read = JSON.parse(readFileSync(`${root}package.json`, 'utf8'))

  it('has the dependencies that somebody decided on', () => {
    expect(Object.keys(read.dependencies)).toEqual(Object.keys(dependencies))
    expect(Object.keys(read.devDependencies)).toEqual(Object.keys(devDependencies))
    expect(Object.keys(read.optionalDependencies)).toEqual(optionalDependencies)
  })

  it('pins each to one version', () => {
    const all = { ...read.dependencies, ...read.devDependencies, ...read.optionalDependencies }
    expect(Object.entries(all).filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(String(version)))).toEqual([])
  })

  it('has no dependency that nobody uses', () => {
    const used = new Set(imports.map(({ to }) => to))
    expect(Object.keys(dependencies).filter((name) => !used.has(name))).toEqual([])
  })
})

describe('texts', () => {
  const entries: Readonly<Record<string, Entry>> = texts
  const keys = new Set(Object.keys(entries))
  const isCatalogue = ({ path }: { readonly path: string }) => path.startsWith('src/text/catalogue/')

  it('are found where they are used', () => {
    const used = usedKeys([sample('texts')], program.checker)
    expect([...used].sort()).toEqual(['card.title', 'made.up', 'outbox.row', 'outcome.failed', 'outcome.restored'])
    expect(unknownKeys([sample('texts')], new Set(['card.title']))).toEqual([
      'test/house/samples/texts.ts:14 says made.up',
    ])
  })

  it('are each used', () => {
    const speaking = house.filter((source) => !isCatalogue(source) && !source.path.startsWith('src/playground/'))
    const used = usedKeys(speaking, program.checker)
    expect([...keys].filter((key) => !used.has(key))).toEqual([])
  })

  it('exist wherever one is named', () => {
    expect(unknownKeys(house, keys)).toEqual([])
  })

  it('are written once, in a room that the catalogue lists', () => {
    const listed = imports.filter(({ from }) => from === 'src/text/catalogue/index.ts').map(({ to }) => to)
    const rooms = house.filter(isCatalogue).filter(({ path }) => !/\/(index|define)\.ts$/.test(path))
    expect(rooms.map(({ path }) => path).filter((path) => !listed.includes(path))).toEqual([])
    const written = rooms.flatMap(({ file }) =>
      [...file.text.matchAll(/^ {2}'([\w.-]+)': \{/gm)].map((match) => match[1]),
    )
    expect(written.filter((key, at) => written.indexOf(key) !== at)).toEqual([])
    expect(written.length).toBe(keys.size)
  })

  it('say the same in both languages, each with its own punctuation', () => {
    expect(Object.entries(entries).flatMap(([key, entry]) => wrongText(key, entry))).toEqual([])
  })
})
