import { createHash } from 'node:crypto';
import { authorise, type Ctx } from '@/lib/context';
import { type Tx, withTx } from '@/lib/db/client';
import { RESENT_WAVE } from '@/lib/domain/delivery';
import type { StripCounts } from '@/lib/domain/strip';
import { recordAudit } from '@/lib/features/history/record-audit';
import { getRun } from '@/lib/features/runs/get-run';
import { runProgress } from '@/lib/features/runs/run-progress';
import { emptyCounts } from '@/lib/features/runs/step-totals';

export interface RunCertificate {
  format: 'waybill-run-certificate/1';
  run: { id: string; name: string; status: string; campaignId: string; version: number; launchedBy: string };
  times: { launched: Date; started: Date | null; completed: Date | null; certified: Date };
  /** SHA-256 of the frozen content that was sent. */
  contentSha256: string;
  listTotal: number | null;
  excluded: Record<string, number>;
  audience: number;
  /** Counted from the delivery rows themselves, not from the counters a screen shows. */
  steps: { step: number; name: string; kind: string; counts: StripCounts; sum: number }[];
  balanced: boolean;
  ledger: {
    deliveries: number;
    /** SHA-256 over `<delivery id>:<state>\n` of every delivery, by rising id. */
    sha256: string;
  };
}

const CHUNK = 20_000;

interface LedgerRow {
  id: string;
  step: number;
  state: string;
}

async function readLedger(
  { sql }: Tx,
  workspaceId: string,
  runId: string,
): Promise<{ sha256: string; deliveries: number; counts: Map<number, StripCounts> }> {
  const hash = createHash('sha256');
  const counts = new Map<number, StripCounts>();
  let deliveries = 0;
  const cursor = sql<LedgerRow[]>`
    select d.id, d.step, d.state from batches b join deliveries d on d.batch_id = b.id
    where b.workspace_id = ${workspaceId} and b.run_id = ${runId} and b.wave <> ${RESENT_WAVE}
    order by d.id`.cursor(CHUNK);
  for await (const rows of cursor) {
    for (const { id, step, state } of rows) {
      hash.update(`${id}:${state}\n`);
      const of = counts.get(step) ?? emptyCounts();
      counts.set(step, of);
      if (state === 'queued') of.waiting += 1;
      else if (state !== 'superseded') of[state as keyof StripCounts] += 1;
    }
    deliveries += rows.length;
  }
  return { sha256: hash.digest('hex'), deliveries, counts };
}

/**
 * A statement of what a run did that can be checked later: counts from the rows themselves, the digest of the content and
 * of the ledger. Taking one is audited with its digest, so that it can be told from a forged one.
 */
export async function runCertificate(ctx: Ctx, runId: string): Promise<RunCertificate> {
  authorise(ctx, 'runs.read');
  const [run, progress] = await Promise.all([getRun(ctx, runId), runProgress(ctx, runId)]);
  return withTx(ctx, async (tx) => {
    const ledger = await readLedger(tx, ctx.workspaceId, runId);
    const steps = progress.steps.map(({ step, name, kind }) => {
      const counts = ledger.counts.get(step) ?? emptyCounts();
      const settled = Object.values(counts).reduce((sum, n) => sum + n, 0) - counts.waiting;
      counts.waiting = progress.audience - settled;
      return { step: step + 1, name, kind, counts, sum: settled + counts.waiting };
    });
    const excluded = Object.fromEntries(progress.excluded.map(({ reason, n }) => [reason, n]));
    const left = progress.excluded.reduce((sum, { n }) => sum + n, 0);
    await recordAudit(tx, ctx, {
      action: 'run.certified',
      subjectType: 'run',
      subjectId: runId,
      data: { ledgerSha256: ledger.sha256, deliveries: ledger.deliveries },
    });
    return {
      format: 'waybill-run-certificate/1',
      run: {
        id: run.id,
        name: run.name,
        status: progress.status,
        campaignId: run.campaignId,
        version: run.versionNumber,
        launchedBy: run.launchedBy.name,
      },
      times: {
        launched: run.createdAt,
        started: progress.startedAt,
        completed: progress.completedAt,
        certified: new Date(),
      },
      contentSha256: run.contentSha256,
      listTotal: progress.listTotal,
      excluded,
      audience: progress.audience,
      steps,
      balanced:
        steps.every(({ counts }) => Object.values(counts).every((n) => n >= 0)) &&
        (progress.listTotal === null || progress.listTotal === progress.audience + left),
      ledger: { deliveries: ledger.deliveries, sha256: ledger.sha256 },
    };
  });
}
