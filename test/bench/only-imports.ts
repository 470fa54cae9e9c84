/** What `start` is compared with: a process that does nothing but import the same packages. */
await Promise.all([
  import('@slack/bolt'),
  import('@kubernetes/client-node'),
  import('better-sqlite3'),
  import('kysely'),
  import('ws'),
  import('yaml'),
  import('zod'),
])
process.stdout.write('imported\n')
setTimeout(() => undefined, 600_000)
