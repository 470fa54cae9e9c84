import { readFile } from 'node:fs/promises'

/** What tests need of an event of the API server's audit log (audit.k8s.io/v1). */
export interface AuditEvent {
  readonly auditID: string
  /** Watches are told of when they start too; all else once, when complete. */
  readonly stage: 'ResponseStarted' | 'ResponseComplete' | 'Panic'
  readonly level: 'Metadata' | 'Request' | 'RequestResponse'
  readonly verb: string
  readonly requestURI: string
  readonly user: { readonly username: string; readonly groups?: readonly string[] }
  readonly userAgent?: string
  readonly objectRef?: {
    readonly resource: string
    readonly namespace?: string
    readonly name?: string
    readonly apiGroup?: string
    readonly subresource?: string
  }
  readonly responseStatus?: { readonly code?: number; readonly reason?: string }
  /** Bodies of writes, except those that hold secrets or tokens. */
  readonly requestObject?: unknown
  readonly responseObject?: unknown
  readonly requestReceivedTimestamp: string
  readonly stageTimestamp: string
  readonly annotations?: Readonly<Record<string, string>>
}

/** Every event of the log so far, oldest first. The server writes an event before the last byte of its answer. */
export async function readAuditLog(file: string): Promise<AuditEvent[]> {
  const lines = (await readFile(file, 'utf8')).split('\n')
  lines.pop() // what follows the last line feed is nothing, or a line not yet whole
  return lines.map((line): AuditEvent => JSON.parse(line))
}
