/** How a release behaves; its image says so in a label. */
export const kinds = ['good', 'crash', 'errors', 'slow', 'unready', 'region', 'branch'] as const
export type Kind = (typeof kinds)[number]

export const isKind = (text: string | undefined): text is Kind => kinds.some((kind) => kind === text)

/** The image label that decides what the program in it does. */
export const behaviourLabel = 'shop.behaviour'

export const namespace = 'shop'
export const regions = ['eu-1', 'us-1'] as const
export type Region = (typeof regions)[number]

/** The region where a release of the kind `region` breaks. */
export const brokenRegion: Region = 'us-1'

/** A release that was there before anybody looked. */
export interface PastRelease {
  readonly version: string
  readonly daysAgo: number
  readonly by: string
  readonly run: number
  readonly cause: string
  /** The registry has cleaned its image away. */
  readonly imageGone?: true
}

export interface Service {
  readonly name: string
  readonly kind: 'Deployment' | 'StatefulSet'
  readonly replicas: number
  /** What customers ask it for. */
  readonly method: 'GET' | 'POST'
  readonly path: string
  /** The service that it asks itself for each answer, in its own region. */
  readonly needs?: string
  /** Oldest first; the last one runs. */
  readonly past: readonly PastRelease[]
}

/** The shop: what it is made of and how it came to be what it is. */
export const services: readonly Service[] = [
  {
    name: 'checkout-svc',
    kind: 'Deployment',
    replicas: 3,
    method: 'POST',
    path: '/checkout',
    needs: 'payment-svc',
    past: [
      { version: 'v1.7.1', daysAgo: 11.3, by: 'Lin', run: 447, cause: 'Retry declined cards once', imageGone: true },
      { version: 'v1.7.2', daysAgo: 8.2, by: 'Mei', run: 459, cause: 'Show delivery dates' },
      { version: 'v1.7.3', daysAgo: 6.2, by: 'Lin', run: 468, cause: 'Fix rounding of coupons' },
    ],
  },
  {
    name: 'payment-svc',
    kind: 'StatefulSet',
    replicas: 2,
    method: 'POST',
    path: '/charge',
    past: [
      { version: 'v2.3.0', daysAgo: 19.1, by: 'Tom', run: 431, cause: 'Accept bank transfers' },
      { version: 'v2.4.0', daysAgo: 9.6, by: 'Tom', run: 455, cause: 'Renew certificates by itself' },
      { version: 'v2.4.1', daysAgo: 4.1, by: 'Tom', run: 474, cause: 'Shorter time-outs to the bank' },
    ],
  },
  {
    name: 'storefront',
    kind: 'Deployment',
    replicas: 2,
    method: 'GET',
    path: '/',
    past: [
      { version: 'v5.11.0', daysAgo: 7.4, by: 'Lin', run: 463, cause: 'Larger pictures' },
      { version: 'v5.12.0', daysAgo: 3.3, by: 'Mei', run: 477, cause: 'Remember the last search' },
      { version: 'v5.12.1', daysAgo: 1.2, by: 'Lin', run: 481, cause: 'Correct prices in the cart' },
    ],
  },
]

export const serviceNamed = (name: string): Service | undefined => services.find((service) => service.name === name)

/** The number after the last CI run of the past. */
export const firstRun = 1 + Math.max(...services.flatMap(({ past }) => past.map(({ run }) => run)))

/** What drills ship on purpose: built, and run by nobody until then. */
export const drillRelease = { service: 'checkout-svc', version: 'v1.7.4-drill', kind: 'errors' } as const

/** The branch from which the release of the kind `branch` is built by mistake. */
export const wrongBranch = 'feature/loyalty-tiers'

/** `v1.7.3` → `v1.8.0`. */
export function versionAfter(version: string): string {
  const [major = '1', minor = '0'] = version.replace(/^v/, '').split('.')
  return `v${major}.${Number(minor) + 1}.0`
}
