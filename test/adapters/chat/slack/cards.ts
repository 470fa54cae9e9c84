import type { Card, Form, Home, Note } from '../../../../src/view/view.ts'

/* Views as cards.md draws them; the numbers are examples. */

export const candidates: Card = {
  kind: 'card',
  language: 'en',
  title: ['checkout-svc · production'],
  blocks: [
    { kind: 'text', text: ['🔥 eu-1  v1.8.0  12 min old   5xx 12.4 % (limit 5 %)'] },
    { kind: 'text', text: ['🔥 us-1  v1.8.0  11 min old   5xx 11.8 %'] },
    {
      kind: 'text',
      text: [
        'Shipped by Lin · ',
        { kind: 'link', url: 'https://ci.example/482', text: 'CI #482' },
        ' · 3 commits, 1 migration',
      ],
    },
    { kind: 'text', text: [{ kind: 'bold', text: 'Go back to' }] },
    {
      kind: 'list',
      items: [
        [
          { kind: 'code', text: 'v1.7.3' },
          ' ran 6 d 4 h · 5xx 0.1 % · no incident ← suggested: last one that was healthy',
        ],
        [{ kind: 'code', text: 'v1.7.2' }, ' ran 2 d · rolled back from once (INC-3)'],
        ['✕ ', { kind: 'code', text: 'v1.7.1' }, ' image no longer in the registry'],
      ],
    },
    { kind: 'muted', text: ['⚠ database compatibility: not checked · ConfigMap checkout-cfg changed since v1.7.3'] },
  ],
  buttons: [
    { action: 'choose', value: 'checkout-svc v1.7.3', label: 'Roll back both regions to v1.7.3', tone: 'primary' },
    { action: 'choose', value: 'checkout-svc v1.7.3 eu-1', label: 'Only eu-1' },
  ],
  more: [
    { action: 'other', value: 'checkout-svc', label: 'Other version' },
    { action: 'changes', value: 'checkout-svc v1.7.3', label: 'What changes' },
    { action: 'console', value: '', label: 'Open the console', url: 'https://astern.example/services/checkout-svc' },
  ],
}

export const live: Card = {
  kind: 'card',
  language: 'en',
  title: ['⏳ R-42 · checkout-svc v1.8.0 → v1.7.3 · eu-1, us-1   +0:58'],
  blocks: [
    {
      kind: 'text',
      text: [
        'Waiting for ',
        { kind: 'person', person: 'tom', mention: true },
        ' (payment on call) or ',
        { kind: 'person', person: 'ana', mention: true },
        ' until ',
        { kind: 'time', at: '2026-03-02T03:24:02Z', show: 'time' },
      ],
    },
    {
      kind: 'text',
      text: ['Asked by ', { kind: 'person', person: 'mei', mention: false }, ': "5xx on pay <!channel> button"'],
    },
    {
      kind: 'tasks',
      title: ['Plan'],
      tasks: [
        { id: 'eu-1', title: ['eu-1 set back'], state: 'done', detail: ['settled in 18 s'] },
        { id: 'check', title: ['check 5xx < 5 % for 30 s'], state: 'running' },
        { id: 'us-1', title: ['us-1 set back'], state: 'pending', detail: ['about 20 s'] },
        { id: 'last', title: ['check'], state: 'failed', detail: [{ kind: 'bold', text: '502' }, ' from /healthz'] },
      ],
    },
    { kind: 'raw', lines: ['Error: connect ECONNREFUSED ```', '    at <anonymous>'] },
    { kind: 'divider' },
    {
      kind: 'muted',
      text: [
        'Will not touch: replicas, *HPA*, database · ',
        { kind: 'link', url: 'https://astern.example/r/42', text: 'preview <7f3a>|' },
        ' · in ',
        { kind: 'room', channel: 'C0TEAM0001' },
      ],
    },
  ],
  buttons: [
    {
      action: 'approve',
      value: 'R-42 7f3a',
      label: 'Approve: roll back both regions',
      tone: 'primary',
      confirm: { title: 'Approve R-42', text: 'Both regions go back to v1.7.3.', yes: 'Roll back', no: 'Not yet' },
    },
    { action: 'reject', value: 'R-42', label: 'Reject', tone: 'danger' },
  ],
  more: [
    { action: 'preview', value: 'R-42', label: 'Full preview' },
    {
      action: 'break-glass',
      value: 'R-42',
      label: 'Break glass…',
      tone: 'danger',
      confirm: { title: 'Break glass', text: 'Rolls back without approval.', yes: 'Roll back now', no: 'Cancel' },
    },
  ],
}

export const liveChinese: Card = {
  kind: 'card',
  language: 'zh-CN',
  title: ['⏳【回滚审批】R-42 checkout-svc v1.8.0 → v1.7.3（eu-1、us-1）   已 0:58'],
  blocks: [
    {
      kind: 'text',
      text: ['待 ', { kind: 'person', person: 'tom', mention: true }, '（payment 值班人）审批，9 分钟后失效'],
    },
    {
      kind: 'text',
      text: ['发起人：', { kind: 'person', person: 'mei', mention: false }, '，原因：发布后支付按钮大量 5xx'],
    },
  ],
  buttons: [
    { action: 'approve', value: 'R-42', label: '同意：两个区域回滚', tone: 'primary' },
    { action: 'reject', value: 'R-42', label: '驳回' },
  ],
  more: [],
}

export const timeline: Note = {
  kind: 'note',
  language: 'en',
  lines: [
    [
      { kind: 'time', at: '2026-03-02T03:12:10Z', show: 'time' },
      '  first 5xx over 5 % in eu-1 ',
      { kind: 'link', url: 'https://grafana.example/d/1', text: 'graph' },
    ],
    [
      { kind: 'time', at: '2026-03-02T03:14:02Z', show: 'datetime' },
      '  Mei asked to go back to ',
      { kind: 'code', text: 'v1.7.3' },
    ],
  ],
  buttons: [],
}

export const refusal: Note = {
  kind: 'note',
  language: 'en',
  lines: [
    [
      { kind: 'bold', text: 'Not approved' },
      ': you asked for this rollback yourself. (rule: two people for critical services)',
    ],
    [{ kind: 'person', person: 'tom', mention: false }, ' can.'],
  ],
  buttons: [{ action: 'ask', value: 'R-42', label: 'Page again' }],
}

export const reason: Form = {
  kind: 'form',
  language: 'en',
  form: 'propose',
  value: 'checkout-svc v1.8.0',
  title: 'Ask for approval of the rollback',
  submit: 'Ask for approval',
  cancel: 'Cancel',
  blocks: [
    { kind: 'text', text: ['2 workloads and 1 env name change. It took about 40 s before.'] },
    { kind: 'tasks', title: ['Steps'], tasks: [{ id: 'a', title: ['eu-1'], state: 'pending' }] },
  ],
  inputs: [
    {
      kind: 'choice',
      id: 'version',
      label: 'Version',
      options: [
        { value: 'v1.7.3', label: 'v1.7.3', hint: 'ran 6 d 4 h' },
        { value: 'v1.7.2', label: 'v1.7.2' },
      ],
      selected: 'v1.7.3',
    },
    {
      kind: 'choice',
      id: 'region',
      label: 'Region',
      options: Array.from({ length: 12 }, (_, index) => ({ value: `r-${index}`, label: `Region ${index}` })),
      selected: 'r-3',
    },
    { kind: 'text', id: 'reason', label: 'Reason', placeholder: 'What do users see?', lines: 'one', maxLength: 200 },
  ],
}

export const home: Home = {
  kind: 'home',
  language: 'en',
  title: ['Waiting for you'],
  sections: [
    {
      heading: ['R-42 · checkout-svc'],
      blocks: [{ kind: 'text', text: ['Mei asks you to approve.'] }],
      buttons: [{ action: 'approve', value: 'R-42', label: 'Approve', tone: 'primary' }],
    },
    { heading: ['Nothing else'], blocks: [], buttons: [] },
  ],
}
