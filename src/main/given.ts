import type { ReadSecret } from '../config/secrets.ts'
import type { Platform } from '../ports/adapter.ts'

/** What the command line and the environment say. */
export interface Given {
  readonly words: readonly string[]
  readonly config: string | null
  readonly ledger: string | null
  readonly witnesses: readonly string[]
  readonly keys: readonly string[]
  readonly seed: number | null
  readonly speed: number | null
  readonly kubeconfig: string | null
  readonly context: string | null
  readonly from: string | null
  readonly to: string | null
  readonly format: string | null
  readonly service: string | null
  readonly language: string | null
  readonly chat: string | null
  /** Of the tour: the one that begins with an alert. */
  readonly alert: boolean
  /** Of the tour: a drill, from its announcement to its score. */
  readonly drill: boolean
  readonly at: string | null
  readonly json: boolean
  readonly in: string | null
  readonly as: string | null
  readonly reason: string | null
  /** Of the host, who runs this. */
  readonly user: string
  readonly host: string | null
  readonly port: number | null
  readonly platform: Platform
  readonly readSecret: ReadSecret
  print(line: string): void
  /** As it is, without a line's end. */
  write(text: string): void
  onReload(reload: () => void): void
  /** Resolves when somebody asks the process to stop. */
  readonly stopped: Promise<void>
}
