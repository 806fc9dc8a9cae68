import { createHmac } from 'node:crypto';
import { FloorConnection, type FloorMessage, type FloorResult, measure } from '@/lib/channels/bench-floor';
import { pool } from '@/lib/db/client';

const BATCH = 500;
const LINKS = 12;
const BASE = 'https://t.example.com';
const SENDER = 'news@sender.example';

interface Row {
  id: string;
  email: string;
  firstName: string;
}

interface FloorOptions {
  port: number;
  connections: number;
  messages: number;
  /** About so many bytes each. */
  bytes: number;
}

/** The least a ledger can be: contacts, suppressions, leased batches, deliveries with their state, a history. */
async function prepare(messages: number): Promise<void> {
  await pool().unsafe(`
    drop table if exists floor_contacts, floor_suppressions, floor_batches, floor_deliveries, floor_history;
    create table floor_contacts (id bigint primary key, email text not null, first_name text not null);
    create table floor_suppressions (email text primary key);
    create table floor_batches (id int primary key, lease_owner text, lease_until timestamptz);
    create table floor_deliveries (id bigint primary key, contact_id bigint not null, batch_id int not null,
      state text not null default 'queued', settled_at timestamptz, provider_id text) with (fillfactor = 50);
    create index on floor_deliveries (batch_id);
    create table floor_history (id bigint generated always as identity primary key, contact_id bigint not null,
      delivery_id bigint not null, type text not null);
    create index on floor_history (contact_id, id);
    insert into floor_contacts select n, 'person' || n || '@recipient.example', 'Person' || n from generate_series(1, ${messages}) n;
    insert into floor_batches select n from generate_series(0, ${Math.ceil(messages / BATCH) - 1}) n;
    insert into floor_deliveries (id, contact_id, batch_id) select n, n, (n - 1) / ${BATCH} from generate_series(1, ${messages}) n;
    analyze floor_contacts, floor_batches, floor_deliveries, floor_suppressions;
  `);
}

/** Leases a batch and reads its members, without those who may not be written to. */
async function claim(): Promise<Row[]> {
  return await pool()<Row[]>`
    with leased as (
      update floor_batches set lease_owner = 'floor', lease_until = now() + interval '1 minute'
      where id = (select id from floor_batches where lease_until is null order by id limit 1 for update skip locked) returning id
    )
    select d.id, c.email, c.first_name as "firstName" from leased
    join floor_deliveries d on d.batch_id = leased.id join floor_contacts c on c.id = d.contact_id
    where d.state = 'queued' and not exists (select 1 from floor_suppressions s where s.email = c.email)`;
}

async function settle(rows: Row[]): Promise<void> {
  await pool()`
    with upd as (
      update floor_deliveries d set state = 'accepted', settled_at = now(), provider_id = r.provider_id
      from unnest(${rows.map((row) => row.id)}::bigint[], ${rows.map((row) => `<${row.id}@sender.example>`)}::text[]) r(id, provider_id)
      where d.id = r.id and d.state = 'queued' returning d.id, d.contact_id
    )
    insert into floor_history (contact_id, delivery_id, type) select contact_id, id, 'accepted' from upd`;
}

/** A newsletter cut at its slots once, so that a message is one join. */
function template(bytes: number): (row: Row) => FloorMessage {
  const line = 'The quick brown fox jumps over the lazy dog and runs on to the end of t\r\n';
  const between = line.repeat(Math.ceil(bytes / (LINKS + 1) / line.length));
  const parts = Array.from({ length: LINKS }, (_, n) => `/${n}\r\n${between}`);
  return ({ id, email, firstName }) => {
    const sig = createHmac('sha256', 'k'.repeat(32)).update(`d${id}`).digest('base64url').slice(0, 16);
    const link = `${BASE}/c/${id}.${sig}`;
    let mime = `From: News <${SENDER}>\r\nTo: ${email}\r\nSubject: News for ${firstName}\r\nMessage-ID: <${id}.${sig}@sender.example>\r\nList-Unsubscribe: <${BASE}/u/${id}.${sig}>\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\nMIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nHello ${firstName}\r\n${between}`;
    for (const part of parts) mime += link + part;
    return { from: `b-${id}@bounce.sender.example`, to: email, mime };
  };
}

/**
 * What dispatch would cost somebody who writes it by hand for this one case: slots filled into a prepared message, one
 * signature, a pipelined SMTP client, and a ledger of leased batches that knows neither intents nor doubt, retries,
 * flows, counters or consent. One process; reading the next batch and settling the last overlap the sending.
 */
export async function runDispatchFloor(options: FloorOptions): Promise<FloorResult> {
  await prepare(options.messages);
  const fill = template(options.bytes);
  const open = await Promise.all(Array.from({ length: options.connections }, () => FloorConnection.open(options.port)));
  const result = await measure(options.messages, async () => {
    let settling: Promise<void> = Promise.resolve();
    let next = claim();
    for (let rows = await next; rows.length > 0; rows = await next) {
      next = claim();
      const batch = rows;
      let at = 0;
      const take = () => {
        const row = batch[at++];
        return row && fill(row);
      };
      await Promise.all(open.map((connection) => connection.send(take)));
      await settling;
      settling = settle(batch);
    }
    await settling;
  });
  for (const connection of open) connection.close();
  return result;
}
