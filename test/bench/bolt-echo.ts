import { App } from '@slack/bolt'
import Database from 'better-sqlite3'

/** What one would write by hand: a bare Bolt app that commits one SQLite row, synced, before it acknowledges. */
const [, , file = '', apiUrl = '', token = '', signingSecret = ''] = process.argv
const db = new Database(file)
db.pragma('journal_mode = wal')
db.pragma('synchronous = full')
db.exec('create table delivery (id integer primary key, body text)')
const insert = db.prepare('insert into delivery (body) values (?)')
const app = new App({ token, signingSecret, clientOptions: { slackApiUrl: apiUrl } })
app.command('/astern-help', async ({ command, ack }) => {
  insert.run(JSON.stringify(command))
  await ack({ text: command.text })
})
const server = await app.start({ port: 0, host: '127.0.0.1' })
const address = server.address()
process.stdout.write(`listens on ${typeof address === 'object' ? address?.port : ''}\n`)
