import { pool } from '@/lib/db/client';
import type { StepCondition } from '@/lib/domain/campaign';
import type { FrozenStep } from '@/lib/features/campaigns/frozen-version';
import type { ClaimedBatch, ClaimedDelivery } from '@/lib/features/deliveries/claim-batch';
import type { QueuingRun } from '@/lib/features/runs/load-run';

function attributeHolds(
  condition: Extract<StepCondition, { kind: 'attribute' }>,
  snapshot: Record<string, unknown>,
): boolean {
  const value = snapshot[condition.field];
  const isSet = value !== undefined && value !== null && value !== '';
  if (condition.op === 'is_set') return isSet;
  if (condition.op === 'is_not_set') return !isSet;
  const equal = String(value ?? '') === String(condition.value ?? '');
  return condition.op === 'equals' ? equal : !equal;
}

const FACT: Record<string, string> = {
  opened: 'opened_at is not null',
  not_opened: 'opened_at is null',
  clicked: 'clicked_at is not null',
  not_clicked: 'clicked_at is null',
  delivered: 'delivered_at is not null',
  not_delivered: 'delivered_at is null',
  failed: "state = 'failed'",
  not_failed: "state <> 'failed'",
};

/** The deliveries whose step condition does not hold at this moment; they are skipped with that reason. */
export async function conditionMisses(
  run: QueuingRun,
  batch: ClaimedBatch,
  step: FrozenStep,
  deliveries: ClaimedDelivery[],
): Promise<Set<string>> {
  const condition = step.kind === 'wait' ? undefined : step.onlyIf;
  if (!condition || deliveries.length === 0) return new Set();
  if (condition.kind === 'attribute') {
    return new Set(deliveries.filter((d) => !attributeHolds(condition, d.snapshot)).map((d) => d.id));
  }
  const index = run.frozen.flow.findIndex((candidate) => candidate.id === condition.stepId);
  const sql = pool();
  const holding = await sql<{ contactId: string }[]>`
    select contact_id as "contactId" from deliveries
    where workspace_id = ${batch.workspaceId} and run_id = ${batch.runId} and step = ${index} and resend_of is null
      and contact_id = any(${deliveries.map((d) => d.contactId)}::text[]) and ${sql.unsafe(FACT[condition.is] ?? 'false')}`;
  const holds = new Set(holding.map((row) => row.contactId));
  return new Set(deliveries.filter((d) => !holds.has(d.contactId)).map((d) => d.id));
}
