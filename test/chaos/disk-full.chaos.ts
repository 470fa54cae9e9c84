import { spawnSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { seededChance } from '../kit/seeded-chance.ts'
import type { Told } from './alert-scene.ts'
import { alertedBy } from './alerted.ts'
import { asked } from './asked.ts'
import { localCluster } from './clusters.ts'
import { lied } from './lie.ts'
import { rolledBack } from './rolled-back.ts'
import type { Tale } from './tale.ts'

/** After so many times there is room for good. */
const most = 25

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

const noisy = alertedBy({ noise: true })
const stories: readonly { readonly what: string; readonly tale: Tale }[] = [
  { what: 'a rollback', tale: rolledBack('slack') },
  { what: 'an alert', tale: noisy },
]

/** Only root may mount a small disk. */
describe.runIf(process.getuid?.() === 0)(
  'Nothing acknowledged that is not durable: a disk that is full now and then',
  () => {
    it.each(stories)('and $what comes to its end', async ({ tale }) => {
      const disk = mkdtempSync(join(tmpdir(), 'astern-disk-'))
      expect(spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', disk]).status).toBe(0)
      const cluster = await localCluster()
      const balloon = join(disk, 'balloon')
      const chance = seededChance(asked.seed)
      let full = 0
      let timer: NodeJS.Timeout | undefined
      let told: readonly Told[] = []
      const deflate = () => rmSync(balloon, { force: true })
      const breathe = (isFull: boolean) => {
        if (isFull) inflate(balloon)
        else deflate()
        full += isFull ? 1 : 0
        if (full < most || isFull) timer = setTimeout(() => breathe(!isFull), 100 + chance.number() * 250)
      }
      try {
        const { wrong, log, events } = await lied(
          cluster,
          ({ alerts }) => {
            timer = setTimeout(() => breathe(true), 300)
            told = alerts?.told ?? []
            return [() => clearTimeout(timer), deflate]
          },
          { tale, disk },
        )
        expect(wrong).toEqual([])
        expect(full).toBeGreaterThan(0)
        expect(log).toContain('ledger.full')
        const recorded = events.flatMap(({ event }) => (event.type === 'alert.received' ? event.data.alerts : []))
        // What was answered 503 its sender tells again.
        expect(new Set(told.map(({ status }) => status))).toEqual(tale === noisy ? new Set([200, 503]) : new Set())
        for (const { status, fingerprint } of told)
          if (status === 200) expect(recorded.map((alert) => alert.fingerprint)).toContain(fingerprint)
      } finally {
        clearTimeout(timer)
        deflate()
        await cluster.close()
        spawnSync('umount', [disk])
        rmSync(disk, { recursive: true, force: true })
      }
    })
  },
)
