import type { Fetch } from '../../../ports/http.ts'
import { parseChallenges } from './challenge.ts'
import type { RegistryAccount } from './config.ts'
import { tokenOf } from './wire.ts'

/** The value of an `Authorization` header and how long it is good. */
export interface Authorization {
  readonly header: string
  readonly livesMs: number
}

export interface Asked {
  readonly repository: string
  readonly account: RegistryAccount | undefined
  readonly fetch: Fetch
  readonly signal: AbortSignal
}

/**
 * Answers a 401: Basic with the account, or a token for pulling from one repository (https://distribution.github.io/distribution/
 * spec/auth/token/), without an account an anonymous one. Otherwise the status of whoever gave none, 401 when there is no way.
 * Rejects when the token server cannot be reached.
 */
export async function authorize(challenge: string, asked: Asked): Promise<Authorization | number> {
  const challenges = parseChallenges(challenge)
  const bearer = challenges.find(({ scheme }) => scheme === 'bearer')
  if (bearer) return token(bearer.parameters, asked)
  const basic = basicOf(asked.account)
  return basic && challenges.some(({ scheme }) => scheme === 'basic') ? { header: basic, livesMs: 600_000 } : 401
}

async function token(parameters: Readonly<Record<string, string>>, asked: Asked): Promise<Authorization | number> {
  const realm = URL.canParse(parameters.realm ?? '') ? new URL(parameters.realm ?? '') : null
  // Credentials never leave without TLS, unless the configuration says that this registry has none.
  if (!realm || !(realm.protocol === 'https:' || (realm.protocol === 'http:' && asked.account?.plainHttp))) return 401
  if (parameters.service !== undefined) realm.searchParams.set('service', parameters.service)
  realm.searchParams.set('scope', parameters.scope ?? `repository:${asked.repository}:pull`)
  const basic = basicOf(asked.account)
  const response = await asked.fetch(realm, {
    signal: asked.signal,
    headers: { accept: 'application/json', ...(basic ? { authorization: basic } : {}) },
  })
  const body = await response.text()
  if (!response.ok) return response.status
  const given = tokenOf(body)
  // A little early, so that it does not end on its way.
  return given ? { header: `Bearer ${given.token}`, livesMs: given.livesMs * 0.9 } : 401
}

const basicOf = (account: RegistryAccount | undefined): string | null =>
  account?.username !== undefined && account.password !== undefined
    ? `Basic ${Buffer.from(`${account.username}:${account.password.reveal()}`).toString('base64')}`
    : null
