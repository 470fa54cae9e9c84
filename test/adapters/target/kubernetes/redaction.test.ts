import { describe, expect, it } from 'vitest'
import { toldBy } from '../../../../src/adapters/target/kubernetes/annotations.ts'
import { mattersFirst } from '../../../../src/adapters/target/kubernetes/evidence.ts'
import { previewLines } from '../../../../src/adapters/target/kubernetes/preview.ts'
import { redacted } from '../../../../src/adapters/target/kubernetes/redact.ts'
import { literalsOf } from '../../../../src/adapters/target/kubernetes/template.ts'

const template = (container: object, more: object = {}) => ({
  metadata: { labels: { app: 'x' } },
  spec: { containers: [{ name: 'app', image: 'x:1', ...container }], ...more },
})

describe('raw lines', () => {
  it('lose every literal of the template, the longest first', () => {
    const secrets = literalsOf(
      template({
        env: [
          { name: 'A', value: 'hunter2' },
          { name: 'B', value: 'hunter2-and-more' },
        ],
        args: ['--key=abc123'],
      }),
    )
    expect(redacted(['cannot connect with hunter2-and-more', 'ran --key=abc123 hunter2'], secrets)).toEqual([
      'cannot connect with ‹hidden›',
      'ran ‹hidden› ‹hidden›',
    ])
  })

  it('are at most 12 of 300 characters', () => {
    const lines = redacted(
      Array.from({ length: 40 }, () => 'x'.repeat(1000)),
      [],
    )
    expect(lines.map((line) => line.length)).toEqual(Array.from({ length: 12 }, () => 300))
  })

  it.each([
    [['starting', 'FATAL: no such column', 'stopped'], 'FATAL: no such column'],
    [['Traceback', 'KeyError: x', 'ValueError: y', 'bye'], 'ValueError: y'],
    [['one', 'two'], 'two'],
  ])('begin with the one that matters', (lines, first) => {
    expect(mattersFirst(lines)[0]).toBe(first)
  })

  it('of nothing are nothing', () => expect(mattersFirst([])).toEqual([]))
})

describe('preview lines', () => {
  const shown = (from: object, to: object, more: object = {}) =>
    JSON.stringify(previewLines(template(from), template(to, more)))

  it.each([
    ['an environment value', { env: [{ name: 'A', value: 'hunter2' }] }, 'env[A]'],
    [
      'a reference in the environment',
      { env: [{ name: 'A', valueFrom: { fieldRef: { fieldPath: 'hunter2' } } }] },
      'env[A]',
    ],
    ['arguments', { args: ['--password', 'hunter2'] }, 'args'],
    ['a command', { command: ['hunter2'] }, 'command'],
    [
      'a header of a probe',
      { livenessProbe: { httpGet: { httpHeaders: [{ name: 'A', value: 'hunter2' }] } } },
      'httpHeaders',
    ],
    ['a path of a probe', { livenessProbe: { httpGet: { path: '/?token=hunter2' } } }, 'path'],
    ['a probe that runs something', { readinessProbe: { exec: { command: ['hunter2'] } } }, 'exec'],
    ['a lifecycle hook', { lifecycle: { preStop: { exec: { command: ['hunter2'] } } } }, 'exec'],
    ['a field nobody knows', { future: { thing: 'hunter2', list: ['hunter2'] } }, 'future'],
  ])('name %s without its value', (_, container, place) => {
    for (const line of [
      shown({}, container),
      shown(container, {}),
      shown(container, { env: [{ name: 'A', value: 'x' }] }),
    ]) {
      expect(line).toContain(place)
      expect(line).not.toContain('hunter2')
    }
  })

  it('say that a value changed', () => {
    const env = (value: string) => ({ env: [{ name: 'A', value }] })
    expect(previewLines(template(env('a')), template(env('b')))).toEqual([
      { path: 'spec.containers[app].env[A]', kind: 'changed' },
    ])
  })

  it('follow an entry by its name, wherever it stands in the list', () => {
    const env = [
      { name: 'A', value: '1' },
      { name: 'B', value: '2' },
    ]
    expect(previewLines(template({ env }), template({ env: [{ name: 'NEW', value: '0' }, ...env] }))).toEqual([
      { path: 'spec.containers[app].env[NEW]', kind: 'added' },
    ])
  })

  it('say that only the order changed, where nothing else did', () => {
    const env = [
      { name: 'A', value: '1' },
      { name: 'B', value: '$(A)' },
    ]
    expect(previewLines(template({ env }), template({ env: env.toReversed() }))).toEqual([
      { path: 'spec.containers[app].env', kind: 'changed' },
    ])
  })

  it('show numbers, switches, images and resources', () => {
    const lines = previewLines(
      template({ ports: [{ containerPort: 80, protocol: 'TCP' }], resources: { limits: { memory: '1Gi' } } }),
      template(
        { image: 'x:2', ports: [{ containerPort: 8080, protocol: 'TCP' }], resources: { limits: { memory: '2Gi' } } },
        { hostNetwork: true },
      ),
    )
    expect(lines[0]).toEqual({ path: 'spec.containers[app].image', kind: 'changed', from: 'x:1', to: 'x:2' })
    expect(lines).toContainEqual({
      path: 'spec.containers[app].resources.limits.memory',
      kind: 'changed',
      from: '1Gi',
      to: '2Gi',
    })
    expect(lines).toContainEqual({ path: 'spec.hostNetwork', kind: 'added', to: 'true' })
  })

  it('of the same template are none', () => expect(previewLines(template({}), template({}))).toEqual([]))
})

describe('annotations', () => {
  it('lose the values of a recorded command line', () => {
    const told = toldBy({ 'kubernetes.io/change-cause': 'kubectl set env deploy/x KEY=hunter2 --record=true' }, {})
    expect(told.changeCause).toBe('kubectl set env deploy/x KEY=… --record=…')
  })

  it.each(['javascript:alert(1)', 'https://user:hunter2@ci.example/1', 'not an address'])('are no link: %s', (url) => {
    expect(toldBy({ 'astern.dev/run': 'build 1', 'astern.dev/run-url': url }, {}).run).toEqual({ title: 'build 1' })
  })

  it('of the workload come before those of its pods', () => {
    expect(toldBy({ 'astern.dev/by': 'mei' }, { 'astern.dev/by': 'ci', 'astern.dev/run': '7' })).toMatchObject({
      by: 'mei',
      run: { title: '7' },
    })
  })
})
