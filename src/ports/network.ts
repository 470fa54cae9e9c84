/** Why a connection gave no answer. `broken`: it was cut after it stood; `unreachable`: everything else. */
export type NetworkTrouble = 'late' | 'refused' | 'broken' | 'unknown-host' | 'untrusted' | 'unreachable'

/** Error codes of Node's net, dns and tls and of its fetch (undici). */
const byCode: Readonly<Record<string, NetworkTrouble>> = {
  ETIMEDOUT: 'late',
  UND_ERR_CONNECT_TIMEOUT: 'late',
  UND_ERR_HEADERS_TIMEOUT: 'late',
  UND_ERR_BODY_TIMEOUT: 'late',
  ECONNREFUSED: 'refused',
  ECONNRESET: 'broken',
  EPIPE: 'broken',
  UND_ERR_SOCKET: 'broken',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'broken',
  ENOTFOUND: 'unknown-host',
  EAI_AGAIN: 'unknown-host',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'untrusted',
  SELF_SIGNED_CERT_IN_CHAIN: 'untrusted',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'untrusted',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'untrusted',
  CERT_HAS_EXPIRED: 'untrusted',
  ERR_TLS_CERT_ALTNAME_INVALID: 'untrusted',
}

/** What an error of fetch or net means, told by codes and names along its causes. */
export function networkTrouble(error: unknown): NetworkTrouble {
  let at = error
  for (let depth = 0; at instanceof Error && depth < 5; depth++) {
    if (at.name === 'TimeoutError') return 'late'
    const known = 'code' in at && typeof at.code === 'string' ? byCode[at.code] : undefined
    if (known) return known
    // Several addresses were tried: the first one's trouble is as good as any.
    at = at.cause ?? (at instanceof AggregateError ? at.errors[0] : undefined)
  }
  return 'unreachable'
}
