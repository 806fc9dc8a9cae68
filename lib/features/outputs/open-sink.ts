import { PostgresSink } from '@/lib/channels/sinks/postgres-sink';
import type { SinkResult } from '@/lib/channels/sinks/sink-result';
import { postRecords } from '@/lib/channels/sinks/webhook-sink';
import { pool } from '@/lib/db/client';
import { outputConnectionConfigSchema, type SinkRecord } from '@/lib/domain/output-connection';
import type { FrozenRecordStep } from '@/lib/features/campaigns/frozen-version';
import { connectionSecretPlace } from '@/lib/features/outputs/create-output-connection';
import { openSecret } from '@/lib/features/secrets/envelope';

export type OutsideSink = Exclude<FrozenRecordStep['sink'], { kind: 'table' }>;

export interface RecordBatch {
  /** The same on every attempt. */
  id: string;
  recordedAt: Date;
  facts: Record<string, unknown>;
  records: SinkRecord[];
}

export interface OpenSink {
  name: string;
  holdUntil: Date | null;
  write(batch: RecordBatch): Promise<SinkResult>;
  verify(table?: string): Promise<{ ok: boolean; text: string }>;
}

interface Row {
  name: string;
  config: unknown;
  secret: unknown;
  updatedAt: Date;
  holdUntil: Date | null;
}

const kept = new Map<string, { revision: string; sink: PostgresSink }>();

function postgresSink(id: string, revision: string, open: () => PostgresSink): PostgresSink {
  const known = kept.get(id);
  if (known?.revision === revision) return known.sink;
  void known?.sink.close();
  const sink = open();
  kept.set(id, { revision, sink });
  return sink;
}

/** Ends the connections this process keeps to customers' databases. */
export async function closeSinks(): Promise<void> {
  const open = [...kept.values()];
  kept.clear();
  await Promise.all(open.map(({ sink }) => sink.close()));
}

function bodyOf({ id, recordedAt, facts, records }: RecordBatch): string {
  const rows = records.map(({ runId, step, contactId, values }) => ({ runId, step, contactId, values }));
  return JSON.stringify({
    type: 'records',
    timestamp: recordedAt.toISOString(),
    data: { batchId: id, ...facts, records: rows },
  });
}

/**
 * A connection of the workspace with its secret opened; null when it is gone. Writing is at least once: the key of a row
 * (run, step, contact) or the id of a webhook makes the repetition harmless.
 */
export async function openSink(workspaceId: string, id: string, table?: string): Promise<OpenSink | null> {
  const [row] = await pool()<Row[]>`
    select name, config, secret, updated_at as "updatedAt", hold_until as "holdUntil" from output_connections
    where workspace_id = ${workspaceId} and id = ${id} and archived_at is null`;
  if (!row) return null;
  const config = outputConnectionConfigSchema.parse(row.config);
  const secret = row.secret === null ? '' : openSecret(connectionSecretPlace(workspaceId, id), row.secret);
  const { name, holdUntil } = row;
  if (config.kind === 'postgres') {
    const sink = postgresSink(id, row.updatedAt.toISOString(), () => new PostgresSink(config, secret));
    return {
      name,
      holdUntil,
      write: ({ records, recordedAt }) => sink.upsert(table ?? 'waybill_records', records, recordedAt),
      verify: (given) => sink.verify(given),
    };
  }
  return {
    name,
    holdUntil,
    write: (batch) => postRecords({ url: config.url, secret, id: `rec_${batch.id}`, body: bodyOf(batch) }),
    verify: async () => {
      const body = JSON.stringify({ type: 'ping', timestamp: new Date().toISOString(), data: {} });
      const answer = await postRecords({ url: config.url, secret, id: `ping_${id}_${Date.now()}`, body });
      if (answer.outcome === 'taken') return { ok: true, text: 'The endpoint took a signed ping.' };
      return { ok: false, text: `The endpoint did not take a signed ping: ${answer.text}` };
    },
  };
}
