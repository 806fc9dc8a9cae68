import type { SinkResult } from '@/lib/channels/sinks/sink-result';
import { pool } from '@/lib/db/client';
import { crashPoint } from '@/lib/db/crash-point';
import type { SinkRecord } from '@/lib/domain/output-connection';
import { env } from '@/lib/env';
import type { FrozenRecordStep } from '@/lib/features/campaigns/frozen-version';
import {
  type ClaimedBatch,
  type ClaimedDelivery,
  type LoadedBatch,
  releaseBatch,
  renewLease,
} from '@/lib/features/deliveries/claim-batch';
import { conditionMisses } from '@/lib/features/deliveries/condition-misses';
import type { Outcome } from '@/lib/features/deliveries/outcome';
import { recordedValues } from '@/lib/features/deliveries/record-rows';
import { settleBatch } from '@/lib/features/deliveries/settle-batch';
import { holdSink, releaseSink } from '@/lib/features/outputs/hold-sink';
import { type OpenSink, type OutsideSink, openSink } from '@/lib/features/outputs/open-sink';
import { outputTableExists } from '@/lib/features/outputs/output-table-exists';
import type { QueuingRun } from '@/lib/features/runs/load-run';

interface RecordJob {
  run: QueuingRun;
  batch: ClaimedBatch;
  step: FrozenRecordStep;
  worker: string;
}

type Verdict = (delivery: ClaimedDelivery) => Outcome;

function factsOf({ batch }: RecordJob, { id, contactId }: ClaimedDelivery) {
  return { deliveryId: id, contactId, intentId: null, intentAt: batch.datedAt };
}

const accept =
  (job: RecordJob, text: string): Verdict =>
  (delivery) => ({ ...factsOf(job, delivery), state: 'accepted', providerMessageId: null, code: 'ok', text });

const fail =
  (job: RecordJob, errorClass: 'internal' | 'content', code: string, text: string): Verdict =>
  (delivery) => ({ ...factsOf(job, delivery), state: 'failed', errorClass, attempted: true, code, text });

async function recordsOf({ run, batch, step }: RecordJob, deliveries: ClaimedDelivery[]): Promise<SinkRecord[]> {
  const sql = pool();
  const ids = deliveries.map((delivery) => delivery.contactId);
  const rows = await sql<{ contact_id: string; values: Record<string, unknown> }[]>`
    ${recordedValues(sql, run, batch, step, ids)}`;
  const values = new Map(rows.map((row) => [row.contact_id, row.values]));
  return deliveries.map(({ id, contactId }) => ({
    deliveryId: id,
    runId: run.id,
    step: batch.step + 1,
    contactId,
    values: values.get(contactId) ?? {},
  }));
}

/** Hands the records to a sink outside, keeping the lease while it thinks. */
async function handOver(job: RecordJob, sink: OpenSink, deliveries: ClaimedDelivery[]): Promise<SinkResult> {
  const { run, batch, step, worker } = job;
  let renewal = Promise.resolve();
  const renewing = setInterval(() => {
    renewal = renewLease(batch, worker).catch(() => undefined);
  }, env().WAYBILL_LEASE_MS / 3);
  try {
    const facts = { runId: run.id, campaign: run.frozen.campaignName, step: step.name };
    const records = await recordsOf(job, deliveries);
    return await sink.write({ id: batch.id, recordedAt: batch.datedAt, facts, records });
  } finally {
    clearInterval(renewing);
    await renewal;
  }
}

/** How each delivery went at a sink outside, or until when the step has to wait for it. */
async function recordOutside(
  job: RecordJob,
  { connectionId, ...target }: OutsideSink,
  deliveries: ClaimedDelivery[],
): Promise<Verdict | Date> {
  const { workspaceId, runId, step } = job.batch;
  const sink = await openSink(workspaceId, connectionId, 'table' in target ? target.table : undefined);
  if (!sink) {
    const text =
      'The connection of this step was archived. Make the step write elsewhere and start it again from here.';
    return fail(job, 'internal', 'output_connection_missing', text);
  }
  if (sink.holdUntil && sink.holdUntil > job.batch.claimedAt) return sink.holdUntil;
  const result = await handOver(job, sink, deliveries);
  crashPoint('after_wire');
  if (result.outcome === 'held') {
    return holdSink({ workspaceId, runId, step, connectionId }, result.text, result.retryAfterMs);
  }
  await releaseSink(workspaceId, connectionId);
  const recorded = accept(job, `Recorded in ${sink.name}`);
  return (delivery) => {
    const refusal = result.refused.get(delivery.id);
    return refusal ? fail(job, 'content', refusal.code, refusal.text)(delivery) : recorded(delivery);
  };
}

async function recordInside(job: RecordJob, outputTableId: string): Promise<Verdict> {
  if (await outputTableExists(job.batch.workspaceId, outputTableId)) return accept(job, 'Recorded');
  const text = 'The output table of this step was archived. Restore it and retry; no message is repeated.';
  return fail(job, 'internal', 'output_table_missing', text);
}

/**
 * Records a leased batch. Into the workspace's own table rows and settlement are one transaction; outside they are handed
 * over first, at least once, and the key of each row makes the repetition harmless. A sink that takes nothing now holds
 * this step only and spends no attempt.
 */
export async function sendRecords(
  run: QueuingRun,
  batch: ClaimedBatch,
  step: FrozenRecordStep,
  worker: string,
  { deliveries }: LoadedBatch,
): Promise<number> {
  const job: RecordJob = { run, batch, step, worker };
  const misses = await conditionMisses(run, batch, step, deliveries);
  const going = deliveries.filter((delivery) => !misses.has(delivery.id));
  let verdict: Verdict | Date = accept(job, 'Not recorded: a seed recipient');
  if (run.seedOf === null && going.length > 0) {
    const { sink } = step;
    verdict = await (sink.kind === 'table' ? recordInside(job, sink.outputTableId) : recordOutside(job, sink, going));
  }
  const outcomes = deliveries.flatMap<Outcome>((delivery) => {
    const { id: deliveryId, contactId } = delivery;
    if (misses.has(deliveryId)) return [{ deliveryId, contactId, state: 'skipped', reason: 'condition_not_met' }];
    return typeof verdict === 'function' ? [verdict(delivery)] : [];
  });
  const settled = outcomes.length > 0 ? await settleBatch({ run, batch, worker, outcomes, closeIntents: [] }) : [];
  await releaseBatch(batch, worker, verdict instanceof Date ? verdict : null);
  return settled.length;
}
