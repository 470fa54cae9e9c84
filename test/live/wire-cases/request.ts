import { D, dep, JP, M, SM, type WireCase } from './parts.ts'

/** Paths, methods, bodies and patches of one Deployment, the right ones and the wrong ones. */
export const requestCases: readonly WireCase[] = [
  ['POST', '/apis/apps/v1/namespaces/nowhere/deployments', dep('x')],
  ['POST', `${D}/a`, dep('a')],
  ['PUT', D, dep('a')],
  ['GET', `${D}/none`],
  ['DELETE', `${D}/none`],
  ['GET', '/apis/apps/v1/namespaces/diff/gadgets'],
  ['GET', '/apis/nowhere/v1'],
  ['GET', '/nowhere'],
  ['GET', `${D}/a/nosub`],
  ['PATCH', `${D}/a`, {}, 'application/json'],
  ['PATCH', `${D}/a`, {}, 'text/plain'],
  ['PATCH', `${D}/a`, '[', M],
  ['PATCH', `${D}/a`, '[', JP],
  ['PATCH', `${D}/a`, { op: 'add' }, JP],
  ['PATCH', `${D}/a`, [{ op: 'add' }], JP],
  ['PATCH', `${D}/a`, [{ op: 'test', path: '/spec/replicas', value: 9 }], JP],
  ['PATCH', `${D}/a`, [{ op: 'test', path: '/spec/nope', value: 9 }], JP],
  ['PATCH', `${D}/a`, [{ op: 'remove', path: '/spec/nope' }], JP],
  ['PATCH', `${D}/a`, [{ op: 'replace', path: '/spec/nope', value: 1 }], JP],
  ['PATCH', `${D}/a`, [{ op: 'add', path: '/spec/nope/deep', value: 1 }], JP],
  ['PATCH', `${D}/a`, [{ op: 'twist', path: '/spec' }], JP],
  ['PATCH', `${D}/a`, [{ op: 'add', path: '/spec/replicas', value: 'x' }], JP],
  ['PATCH', `${D}/a`, [{ op: 'replace', path: '/spec/template/spec/containers/0/image', value: 'x:2' }], JP],
  ['PATCH', `${D}/a`, [{ op: 'replace', path: '/spec/template/spec/containers/-1/image', value: 'x:3' }], JP],
  ['PATCH', `${D}/a`, [{ op: 'add', path: '/metadata/annotations', value: { a: 'b' } }], JP],
  ['PATCH', `${D}/a`, { metadata: { resourceVersion: '1', labels: { x: 'y' } } }, M],
  ['PATCH', `${D}/a`, { metadata: { resourceVersion: 'x', labels: { x: 'y' } } }, M],
  ['PATCH', `${D}/a`, { metadata: { uid: '00000000-0000-0000-0000-000000000000', labels: { x: 'y' } } }, M],
  ['PATCH', `${D}/a`, { metadata: { name: 'other' } }, M],
  ['PATCH', `${D}/a`, { spec: { selector: { matchLabels: { z: 'y' } } } }, M],
  [
    'PATCH',
    `${D}/a`,
    { spec: { selector: { matchLabels: { z: 'y' } }, template: { metadata: { labels: { z: 'y' } } } } },
    M,
  ],
  ['PATCH', `${D}/a`, { spec: { template: { spec: { containers: [{ image: 'q' }] } } } }, SM],
  [
    'PATCH',
    `${D}/a`,
    {
      spec: {
        template: {
          spec: {
            containers: [
              {
                name: 'app',
                env: [
                  { name: 'A', value: '1' },
                  { name: 'B', value: '2' },
                ],
                args: ['a'],
              },
              { name: 'side', image: 's:1' },
            ],
            nodeSelector: { a: 'b' },
          },
        },
      },
    },
    SM,
  ],
  [
    'PATCH',
    `${D}/a`,
    {
      spec: {
        template: {
          spec: {
            '$setElementOrder/containers': [{ name: 'side' }, { name: 'app' }],
            containers: [
              {
                name: 'app',
                env: [
                  { name: 'A', $patch: 'delete' },
                  { name: 'C', value: '3' },
                ],
                args: null,
              },
            ],
          },
        },
      },
    },
    SM,
  ],
  ['PATCH', `${D}/a`, { spec: { template: { spec: { nodeSelector: { $patch: 'replace', z: 'q' } } } } }, SM],
  [
    'PATCH',
    `${D}/a`,
    { spec: { template: { spec: { containers: [{ name: 'side', $patch: 'delete' }], nodeSelector: null } } } },
    SM,
  ],
  ['PATCH', `${D}/a`, { spec: { strategy: { $retainKeys: ['type'], type: 'Recreate' } } }, SM],
  ['PATCH', `${D}/a`, { spec: { template: { $patch: 'twist' } } }, SM],
  [
    'PATCH',
    `${D}/a`,
    {
      spec: {
        template: {
          $patch: 'replace',
          metadata: { labels: { app: 'a' } },
          spec: { containers: [{ name: 'app', image: 'x:9' }] },
        },
      },
    },
    SM,
  ],
  ['PATCH', `${D}/a`, { metadata: { finalizers: ['ex.ample/a', 'ex.ample/b'] } }, SM],
  ['PATCH', `${D}/a`, { metadata: { '$deleteFromPrimitiveList/finalizers': ['ex.ample/a', 'ex.ample/b'] } }, SM],
  ['PATCH', `${D}/a`, { spec: { replica: 7 } }, M],
  ['PATCH', `${D}/a?fieldValidation=Strict`, { spec: { replica: 7 } }, M],
  [
    'PATCH',
    `${D}/a?dryRun=All`,
    { spec: { template: { spec: { containers: [{ name: 'app', image: 'dry:1' }] } } } },
    SM,
  ],
  ['PATCH', `${D}/a?dryRun=All`, { spec: { template: { spec: { containers: [{ name: 'app', image: '' }] } } } }, SM],
  ['PATCH', `${D}/none`, {}, M],
  ['PATCH', `${D}/a/scale`, { spec: { replicas: -1 } }, M],
  ['GET', `${D}/a/scale`],
  ['PATCH', `${D}/a/scale?fieldManager=sc`, { spec: { replicas: 0 } }, M],
]
