import { spawnSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { seededChance } from '../kit/seeded-chance.ts'
import { asked } from './asked.ts'
import { localCluster } from './clusters.ts'
import { lied } from './lie.ts'

/** Takes all the room there is. */
function inflate(balloon: string): void {
  const file = openSync(balloon, 'w')
  try {
    for (let size = 65_536; size >= 512; ) {
      try {
        if (writeSync(file, Buffer.alloc(size)) < size) size = Math.floor(size / 2)
      } catch (cause) {
        if (!(cause instanceof Error && 'code' in cause && cause.code === 'ENOSPC')) throw cause
        size = Math.floor(size / 2)
      }
    }
  } finally {
    closeSync(file)
  }
}

/** Only root may mount a small disk. */
it.runIf(process.getuid?.() === 0)(
  'Nothing acknowledged that is not durable: a disk that is full now and then, and the story comes to its end',
  async () => {
    const disk = mkdtempSync(join(tmpdir(), 'astern-disk-'))
    expect(spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', disk]).status).toBe(0)
    const cluster = await localCluster()
    const balloon = join(disk, 'balloon')
    const chance = seededChance(asked.seed)
    let full = 0
    let timer: NodeJS.Timeout | undefined
    const deflate = () => rmSync(balloon, { force: true })
    const breathe = (isFull: boolean) => {
      if (isFull) inflate(balloon)
      else deflate()
      full += isFull ? 1 : 0
      timer = setTimeout(() => breathe(!isFull), 100 + chance.number() * 250)
    }
    try {
      const { wrong, log } = await lied(
        cluster,
        () => {
          timer = setTimeout(() => breathe(true), 700)
          return [() => clearTimeout(timer), deflate]
        },
        { disk },
      )
      expect(wrong).toEqual([])
      expect(full).toBeGreaterThan(2)
      expect(log).toContain('ledger.full')
    } finally {
      clearTimeout(timer)
      deflate()
      await cluster.close()
      spawnSync('umount', [disk])
      rmSync(disk, { recursive: true, force: true })
    }
  },
)
