/**
 * The payload stands last, so that what only looks at envelopes need not read it. `dedupe` is a column of the event and not a
 * table of its own, so that the chain covers it. Streams are found by their names once, then by the position of their first event:
 * what is written together stands together, and a commit touches few pages.
 */
export const begin = `
create table event (
  position integer primary key,
  stream text not null,
  first integer not null,
  version integer not null,
  at text not null,
  config text not null,
  type text not null,
  v integer not null,
  dedupe text,
  digest blob not null,
  hash blob not null,
  salt blob,
  payload text
) strict;
create unique index event_by_stream on event (first, version);
create unique index stream_by_name on event (stream) where version = 1;
create unique index event_by_dedupe on event (dedupe) where dedupe is not null;

create table outbox (
  key text primary key,
  chat text not null,
  spec text not null,
  wanted integer not null,
  delivered integer not null default 0,
  digest text,
  ref text,
  sending integer not null default 0,
  failures integer not null default 0
) strict, without rowid;
create index outbox_due on outbox (wanted) where wanted > delivered;

create table template (
  digest text primary key,
  key text not null,
  nonce blob not null,
  body blob not null
) strict, without rowid;

create table value (
  name text primary key,
  json text not null
) strict, without rowid;
`
