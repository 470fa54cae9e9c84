import { describe, expect, it } from 'vitest'
import type { Suspected } from '../../src/core/alert/suspected.ts'
import type { Incident } from '../../src/core/incident/state.ts'
import type { Candidate, RegionLook } from '../../src/core/release/candidates.ts'
import type { Lived } from '../../src/core/release/lived.ts'
import type { Release } from '../../src/core/release/release.ts'
import type { Language } from '../../src/text/language.ts'
import { plain } from '../../src/text/say.ts'
import { incidentCard } from '../../src/view/incident-card.ts'
import type { Look } from '../../src/view/look.ts'
import type { Filled } from '../../src/view/suspected.ts'
import type { Card } from '../../src/view/view.ts'

const at = (time: string) => `2026-03-03T${time}:00Z`

/** A card as lines of plain text, with its buttons. */
const drawn = ({ title, blocks, buttons, more }: Card): string[] => [
  plain(title),
  ...blocks.flatMap((block) => {
    switch (block.kind) {
      case 'text':
        return [plain(block.text)]
      case 'muted':
        return [`  ${plain(block.text)}`]
      case 'list':
        return block.items.map((item) => `• ${plain(item)}`)
      default:
        return [block.kind]
    }
  }),
  buttons.map(({ label }) => `[${label}]`).join(' '),
  more.map(({ label }) => label).join(' | '),
]

const release = (version: string, since: string, more: Partial<Release> = {}): Release => ({
  id: `id-${version}`,
  version,
  images: [{ container: 'app', reference: `shop/checkout:${version}` }],
  since,
  kept: 'target',
  ...more,
})
const current = release('v1.8.0', at('03:08'), { by: 'Lin', run: { title: 'CI #482' } })
const region = (name: string, burning: number): RegionLook => ({
  region: name,
  current,
  ready: { wanted: 3, ready: 3, updated: 3 },
  seenAt: at('03:14'),
  stale: false,
  problem: null,
  notices: [],
  health: [
    {
      state: 'burning',
      seen: {
        code: 'check.metric-no-data',
        wording: {
          key: 'alert.watched-above',
          values: {
            value: { quantity: burning, unit: 'percent' },
            limit: { quantity: 0.05, unit: 'percent' },
            window: { ms: 30_000 },
          },
        },
      },
    },
  ],
  history: [],
})
const lived = (mean: number, brokenMs: number, incidents: readonly string[]): Lived => ({
  measured: [
    {
      name: '5xx',
      unit: 'percent',
      limit: { side: 'above', value: 0.05 },
      mean,
      worst: { value: mean, at: at('01:00') },
      brokenMs,
      measuredMs: 36_000_000,
      region: 'eu-1',
    },
  ],
  unmeasured: false,
  incidents,
})
const candidate = (version: string, more: Partial<Candidate>): Candidate => ({
  key: `key-${version}`,
  version,
  releases: { 'eu-1': release(version, at('00:00')), 'us-1': release(version, at('00:00')) },
  alreadyIn: [],
  ranMs: 532_800_000,
  rolledBackFrom: [],
  available: true,
  blockers: [],
  ...more,
})
const candidates = [
  candidate('v1.7.3', { lived: lived(0.001, 0, []) }),
  candidate('v1.7.2', { ranMs: 172_800_000, rolledBackFrom: ['R-3'], lived: lived(0.12, 7_200_000, ['INC-3']) }),
]
const suspected: Suspected = {
  symptom: {
    service: 'checkout-svc',
    environment: 'production',
    burning: [
      { region: 'eu-1', since: at('03:12') },
      { region: 'us-1', since: at('03:13') },
    ],
    calm: [],
    named: null,
  },
  suspects: [
    {
      service: 'checkout-svc',
      version: 'v1.8.0',
      regions: ['eu-1', 'us-1'],
      leadMs: 240_000,
      grounds: [{ key: 'suspect.before', values: { lead: { ms: 240_000 }, regions: { list: ['eu-1', 'us-1'] } } }],
      doubts: [],
    },
  ],
  cleared: [{ service: 'cart-svc', version: 'v2.0.1', why: { key: 'suspect.came-after' } }],
  chosen: null,
}
const incident: Incident = {
  id: 'INC-7',
  service: 'checkout-svc',
  title: 'HighErrorRate',
  opener: null,
  home: 'channel',
  cause: 'alert',
  openedAt: at('03:13'),
  alerted: [
    {
      service: 'checkout-svc',
      environment: 'production',
      until: 41,
      news: 'spread',
      firing: 2,
      ended: 0,
      silent: 0,
      told: 2,
      left: 0,
      burning: [
        { environment: 'production', region: 'eu-1', since: at('03:12') },
        { environment: 'production', region: 'us-1', since: at('03:13') },
      ],
      release: null,
      alerts: [
        {
          source: 'am',
          fingerprint: 'a',
          name: 'HighErrorRate',
          summary: '5xx 12.4 %',
          environment: 'production',
          region: 'eu-1',
          since: at('03:12'),
          ended: null,
          link: null,
          expression: null,
        },
      ],
    },
  ],
  suspected: { ...suspected, position: 43, at: at('03:14') },
  automatic: [],
  dated: [],
  rollbacks: [],
  rooms: [],
  kept: [],
  owner: null,
  postMortem: null,
  drill: null,
  closed: null,
  version: 3,
  position: 44,
}
const look: Look = {
  service: 'checkout-svc',
  environment: 'production',
  regions: [region('eu-1', 0.124), region('us-1', 0.118)],
  candidates,
  suggested: candidates[0] ?? null,
  reason: { key: 'card.suggested-before', values: { version: 'v1.8.0' } },
  now: at('03:14'),
  freezes: [],
}
const open: Filled['state'] = { kind: 'open', look, chosen: candidates[0] ?? null, regions: ['eu-1', 'us-1'] }
const card = (state: Filled['state'], language: Language, judged = suspected) =>
  drawn(
    incidentCard(incident, language, {
      evidence: 'https://astern.example/INC-7',
      filled: { suspected: judged, also: [], apart: [], state },
    }),
  )

describe('the card of an incident that an alert opened', () => {
  it('says what burns, whom it suspects and why, and offers what ran before', () => {
    expect(card(open, 'en')).toEqual([
      '🚨 INC-7 · checkout-svc: HighErrorRate',
      '🔥 eu-1 since 2026-03-03T03:12:00Z · us-1 since 2026-03-03T03:13:00Z',
      '• HighErrorRate · eu-1 · 5xx 12.4 %',
      '  2 alerts fire, 0 ended, told 2 times',
      '🔎 Suspect, a guess: checkout-svc v1.8.0 · shipped 4 min before the first alert in eu-1 and us-1',
      '🔥 eu-1  v1.8.0 since 2026-03-03T03:08:00Z · 12.4 %, more than 5 % for 30 sec',
      '🔥 us-1  v1.8.0 since 2026-03-03T03:08:00Z · 11.8 %, more than 5 % for 30 sec',
      '  Shipped by Lin · run CI #482',
      'Go back to · as of 2026-03-03T03:14:00Z',
      '• ◉ v1.7.3  ran 6 days, 4 hr · 5xx 0.1 % · no incident · ← suggested: the newest that ran before v1.8.0',
      '• ○ v1.7.2  ran 2 days · 5xx 12 % then (limit 5 %), over it for 2 hr · one incident in its time (INC-3) · rolled back from once (R-3)',
      '[Roll back both regions to v1.7.3] [Only eu-1]',
      'What changes: v1.7.3 | Other version… | Close INC-7 | Evidence',
    ])
    expect(card(open, 'zh-CN')).toEqual([
      '🚨 INC-7 · checkout-svc：HighErrorRate',
      '🔥 eu-1 2026-03-03T03:12:00Z 起 · us-1 2026-03-03T03:13:00Z 起',
      '• HighErrorRate · eu-1 · 5xx 12.4 %',
      '  2 条告警触发中，0 条已结束，共通知 2 次',
      '🔎 可疑版本（推测）：checkout-svc v1.8.0 · 上线 4 分钟后 eu-1和us-1 首次告警',
      '🔥 eu-1  v1.8.0 2026-03-03T03:08:00Z 上线 · 12.4%，超过阈值 5% 已持续 30 秒',
      '🔥 us-1  v1.8.0 2026-03-03T03:08:00Z 上线 · 11.8%，超过阈值 5% 已持续 30 秒',
      '  发布人：Lin · 流水线 CI #482',
      '回滚到 · 截至 2026-03-03T03:14:00Z',
      '• ◉ v1.7.3  稳定运行 6 天 4 小时 · 5xx 0.1% · 期间无故障 · ← 推荐：v1.8.0 之前的最近版本',
      '• ○ v1.7.2  稳定运行 2 天 · 5xx 当时 12%（阈值 5%），超限 2 小时 · 期间 1 次故障（INC-3） · 曾被回滚 1 次（R-3）',
      '[两个区域都回滚到 v1.7.3] [仅 eu-1]',
      '查看改动：v1.7.3 | 选其他版本… | 关闭 INC-7 | 证据',
    ])
  })

  it('says that nothing changed, and what was not judged', () => {
    const none = { ...suspected, suspects: [], blind: ['cart-svc eu-1'] }
    expect(card({ kind: 'none' }, 'en', none)).toEqual([
      '🚨 INC-7 · checkout-svc: HighErrorRate',
      '🔥 eu-1 since 2026-03-03T03:12:00Z · us-1 since 2026-03-03T03:13:00Z',
      '• HighErrorRate · eu-1 · 5xx 12.4 %',
      '  2 alerts fire, 0 ended, told 2 times',
      '🔎 Nothing that Astern watches changed in the 6 hr before: a rollback will probably not help.',
      '  Not suspected: cart-svc v2.0.1 · came after it began',
      '  ⚠ Not judged, for nothing is known of what runs there: cart-svc eu-1',
      'Opened by an alert 2026-03-03T03:13:00Z',
      '[What can we go back to?]',
      'Close INC-7 | Evidence',
    ])
    const zh = card({ kind: 'none' }, 'zh-CN', none)
    expect(zh).toContain('🔎 此前 6 小时内未监测到任何变更，回滚大概率无效。')
    expect(zh).toContain('  ⚠ 以下位置无版本记录，未纳入判断：cart-svc eu-1')
  })

  it('is quiet once somebody asked for a rollback, and says what became of it', () => {
    expect(card({ kind: 'under-way', rollback: 'R-42' }, 'en')).toEqual([
      '🚨 INC-7 · checkout-svc: HighErrorRate',
      '🔥 eu-1 since 2026-03-03T03:12:00Z · us-1 since 2026-03-03T03:13:00Z',
      '• HighErrorRate · eu-1 · 5xx 12.4 %',
      '  2 alerts fire, 0 ended, told 2 times',
      '🔎 Suspect, a guess: checkout-svc v1.8.0 · shipped 4 min before the first alert in eu-1 and us-1',
      '  A rollback is under way: see R-42',
      'Opened by an alert 2026-03-03T03:13:00Z',
      '[What can we go back to?]',
      'Close INC-7 | Evidence',
    ])
    expect(card({ kind: 'tried', rollback: 'R-42' }, 'zh-CN')).toEqual([
      '🚨 INC-7 · checkout-svc：HighErrorRate',
      '🔥 eu-1 2026-03-03T03:12:00Z 起 · us-1 2026-03-03T03:13:00Z 起',
      '• HighErrorRate · eu-1 · 5xx 12.4 %',
      '  2 条告警触发中，0 条已结束，共通知 2 次',
      '🔎 可疑版本（推测）：checkout-svc v1.8.0 · 上线 4 分钟后 eu-1和us-1 首次告警',
      '  R-42 未能恢复，可能并非（仅）该版本所致，后续操作见 R-42。',
      '2026-03-03T03:13:00Z 由告警自动创建',
      '[查看可回滚版本]',
      '关闭 INC-7 | 证据',
    ])
  })

  it('offers where it burns first, and everywhere beside it', () => {
    const some: Filled['state'] = { kind: 'open', look, chosen: candidates[0] ?? null, regions: ['us-1'] }
    expect(card(some, 'en').at(-2)).toBe('[Roll back us-1 to v1.7.3] [Roll back both regions to v1.7.3]')
  })

  it('of several services says of each other one that it burns, and names the rest', () => {
    const [own] = incident.alerted
    const others = ['cart-svc', 'search-svc', 'mail-svc', 'tax-svc', 'gift-svc'].map((service) => ({
      ...(own as NonNullable<typeof own>),
      service,
    }))
    const filled: Filled = { suspected, also: ['INC-8'], apart: [], state: { kind: 'none' } }
    const of = { evidence: 'https://astern.example/INC-7', filled }
    const many = drawn(incidentCard({ ...incident, alerted: [...incident.alerted, ...others] }, 'en', of))
    const burns =
      '🔥 eu-1 since 2026-03-03T03:12:00Z · us-1 since 2026-03-03T03:13:00Z · HighErrorRate · eu-1 · 5xx 12.4 %'
    expect(many.slice(4, 8)).toEqual([
      ...['cart-svc', 'search-svc', 'mail-svc'].map((service) => `${service}: ${burns}`),
      '  2 more services burn: tax-svc and gift-svc',
    ])
    expect(many).toContain('  INC-8 suspects the same release')
  })
})
