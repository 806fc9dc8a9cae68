import { z } from 'zod';
import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import { csvLine } from '@/lib/domain/csv';
import type { DeliveryState } from '@/lib/domain/delivery';
import { explainCause } from '@/lib/domain/error-words';
import { parseInput } from '@/lib/domain/parse-input';
import { recordAudit } from '@/lib/features/history/record-audit';
import { getRun } from '@/lib/features/runs/get-run';
import { deliveryIdToPublic } from '@/lib/ids';

export const runCsvSchema = z.object({
  runId: z.string(),
  step: z.coerce.number().int().min(0).max(99).optional(),
  state: z.enum(['accepted', 'failed', 'skipped', 'in_doubt', 'cancelled', 'expired', 'queued']).optional(),
});

const CHUNK = 2000;
const HEADER = [
  'delivery_id',
  'contact_id',
  'external_id',
  'name',
  'email',
  'phone',
  'step',
  'step_name',
  'state',
  'why',
  'error_class',
  'error_code',
  'error_text',
  'skip_reason',
  'attempts',
  'first_intent_at',
  'settled_at',
  'provider_message_id',
  'resend_of',
  'resolution',
  'delivered_at',
  'bounced_at',
  'bounce_type',
  'complained_at',
  'opened_at',
  'clicked_at',
  'unsubscribed_at',
];

interface CsvRow {
  id: string;
  contactId: string;
  step: number;
  state: DeliveryState;
  externalId: string | null;
  name: string | null;
  email: string | null;
  phone: string | null;
  errorClass: string | null;
  errorCode: string | null;
  errorText: string | null;
  skipReason: string | null;
  attempts: number;
  firstIntentAt: Date | null;
  settledAt: Date | null;
  providerMessageId: string | null;
  resendOf: string | null;
  resolution: string | null;
  deliveredAt: Date | null;
  bouncedAt: Date | null;
  bounceType: string | null;
  complainedAt: Date | null;
  openedAt: Date | null;
  clickedAt: Date | null;
  unsubscribedAt: Date | null;
}

function why(row: CsvRow): string {
  if (row.state === 'failed') return explainCause('failed', `${row.errorClass ?? ''}:${row.errorCode ?? ''}`).what;
  if (row.state === 'skipped') return explainCause('skipped', row.skipReason ?? '').what;
  if (row.state === 'in_doubt') return explainCause('in_doubt', row.errorCode ?? '').what;
  return row.state === 'expired' ? explainCause('expired', '').what : '';
}

function lineOf(row: CsvRow, stepName: string): string {
  return csvLine([
    deliveryIdToPublic(row.id),
    row.contactId,
    row.externalId,
    row.name,
    row.email,
    row.phone,
    row.step + 1,
    stepName,
    row.state === 'superseded' ? 'sent again' : row.state,
    why(row),
    row.errorClass,
    row.errorCode,
    row.errorText,
    row.skipReason,
    row.attempts,
    row.firstIntentAt,
    row.settledAt,
    row.providerMessageId,
    row.resendOf && deliveryIdToPublic(row.resendOf),
    row.resolution,
    row.deliveredAt,
    row.bouncedAt,
    row.bounceType,
    row.complainedAt,
    row.openedAt,
    row.clickedAt,
    row.unsubscribedAt,
  ]);
}

/**
 * The deliveries of a run as RFC 4180 text by step and contact, in chunks that hold no transaction open between them.
 * Text that a spreadsheet would run as a formula is disarmed. The export is audited before the first line.
 */
export async function runCsv(
  ctx: Ctx,
  input: z.input<typeof runCsvSchema>,
): Promise<{ fileName: string; lines: AsyncGenerator<string> }> {
  authorise(ctx, 'contacts.export');
  const { runId, step, state } = parseInput(runCsvSchema, input);
  const run = await getRun(ctx, runId);
  await withTx(ctx, (tx) =>
    recordAudit(tx, ctx, { action: 'run.exported', subjectType: 'run', subjectId: runId, data: { step, state } }),
  );

  async function page(isResent: boolean, after: CsvRow | undefined): Promise<CsvRow[]> {
    return withTx(ctx, async ({ sql }) => {
      const order = isResent ? sql`d.contact_id, d.id` : sql`d.step, d.contact_id`;
      const beyond = isResent
        ? sql`and (d.contact_id, d.id) > (${after?.contactId ?? ''}, ${after?.id ?? '0'}::bigint)`
        : sql`and (d.step, d.contact_id) > (${after?.step ?? -1}, ${after?.contactId ?? ''})`;
      return await sql<CsvRow[]>`
        select d.id, d.contact_id as "contactId", d.step, d.state, c.external_id as "externalId",
          nullif(concat_ws(' ', c.first_name, c.last_name), '') as name, m.email, m.phone, d.error_class as "errorClass",
          d.error_code as "errorCode", d.error_text as "errorText", d.skip_reason as "skipReason", d.attempts,
          d.first_intent_at as "firstIntentAt", d.settled_at as "settledAt", d.provider_message_id as "providerMessageId",
          d.resend_of as "resendOf", d.resolution, d.delivered_at as "deliveredAt", d.bounced_at as "bouncedAt",
          d.bounce_type as "bounceType", d.complained_at as "complainedAt", d.opened_at as "openedAt",
          d.clicked_at as "clickedAt", d.unsubscribed_at as "unsubscribedAt"
        from deliveries d
        left join contacts c on c.id = d.contact_id and c.workspace_id = d.workspace_id
        left join run_members m on m.workspace_id = d.workspace_id and m.run_id = d.run_id and m.contact_id = d.contact_id
        where d.workspace_id = ${ctx.workspaceId} and d.run_id = ${runId}
          and ${isResent ? sql`d.resend_of is not null` : sql`d.resend_of is null`}
          ${step === undefined ? sql`` : sql`and d.step = ${step}`} ${state ? sql`and d.state = ${state}::delivery_state` : sql``}
          ${beyond} order by ${order} limit ${CHUNK}`;
    });
  }

  async function* lines(): AsyncGenerator<string> {
    yield csvLine(HEADER);
    for (const isResent of [false, true]) {
      let rows = await page(isResent, undefined);
      while (rows.length > 0) {
        yield rows.map((row) => lineOf(row, run.outline[row.step]?.name ?? '')).join('');
        rows = rows.length < CHUNK ? [] : await page(isResent, rows.at(-1));
      }
    }
  }
  return { fileName: `${runId}${state ? `-${state}` : ''}.csv`, lines: lines() };
}
