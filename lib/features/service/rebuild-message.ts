import { z } from 'zod';
import type { EmailParts } from '@/lib/channels/channel';
import { authorise, type Ctx } from '@/lib/context';
import { type Tx, withTx } from '@/lib/db/client';
import { ContentError } from '@/lib/domain/content-error';
import type { DeliveryState } from '@/lib/domain/delivery';
import { parseInput } from '@/lib/domain/parse-input';
import { AppError } from '@/lib/errors';
import type { FrozenMessageStep } from '@/lib/features/campaigns/frozen-version';
import { messageRenderer, type RenderMember } from '@/lib/features/deliveries/message-renderer';
import { loadRunIn, type QueuingRun } from '@/lib/features/runs/load-run';
import { type MessageHeader, readHeaders } from '@/lib/features/service/read-headers';
import { deliveryIdFromPublic, deliveryIdToPublic } from '@/lib/ids';

export const rebuildMessageSchema = z.object({ deliveryId: z.string().max(20) });

export interface RebuiltMessage {
  deliveryId: string;
  contactId: string;
  runId: string;
  campaign: string;
  step: string;
  channel: 'email' | 'sms';
  state: DeliveryState;
  /** When it was handed to the provider; null if it is not known to have left. */
  sentAt: Date | null;
  from: string;
  to: string;
  subject: string | null;
  text: string;
  html: string | null;
  headers: MessageHeader[];
  /** Every byte that went over the wire, for providers that take the whole message. */
  mime: string | null;
  /** What was handed over, for providers that build the message themselves. */
  parts: EmailParts | null;
  resendOf: string | null;
}

export interface MessageRow {
  id: string;
  contactId: string;
  runId: string;
  campaign: string;
  step: number;
  state: DeliveryState;
  wave: number;
  datedAt: Date | null;
  settledAt: Date | null;
  sentAt: Date | null;
  errorCode: string | null;
  resendOf: string | null;
  providerKind: string | null;
  providerAccountId: string | null;
  email: string | null;
  phone: string | null;
  snapshot: Record<string, unknown> | null;
  erased: boolean;
}

/** A delivery of the workspace with what its message is made from. Throws `not_found`. */
export async function findMessage({ sql }: Tx, workspaceId: string, publicId: string): Promise<MessageRow> {
  const id = deliveryIdFromPublic(publicId);
  const [row] = id
    ? await sql<MessageRow[]>`
        select d.id, d.contact_id as "contactId", d.run_id as "runId", k.name as campaign, d.step, d.state, b.wave,
               b.dated_at as "datedAt", d.settled_at as "settledAt",
               coalesce((select max(a.intent_at) from delivery_attempts a where a.delivery_id = d.id), d.first_intent_at) as "sentAt",
               d.error_code as "errorCode", d.resend_of as "resendOf", p.kind as "providerKind",
               b.provider_account_id as "providerAccountId", m.email, m.phone, m.snapshot,
               c.id is null or c.erased_at is not null as erased
        from deliveries d
        join batches b on b.id = d.batch_id and b.workspace_id = ${workspaceId}
        join runs r on r.id = d.run_id and r.workspace_id = ${workspaceId}
        join campaigns k on k.id = r.campaign_id and k.workspace_id = ${workspaceId}
        left join run_members m on m.workspace_id = ${workspaceId} and m.run_id = d.run_id and m.contact_id = d.contact_id
        left join contacts c on c.workspace_id = ${workspaceId} and c.id = d.contact_id
        left join provider_accounts p on p.workspace_id = ${workspaceId} and p.id = b.provider_account_id
        where d.id = ${id} and d.workspace_id = ${workspaceId}`
    : [];
  if (!row) throw new AppError('not_found', 'There is no such message in this workspace.');
  return row;
}

export function messageStepOf(run: QueuingRun, step: number): FrozenMessageStep {
  const frozen = run.frozen.flow[step];
  if (frozen?.kind === 'email' || frozen?.kind === 'sms') return frozen;
  throw new AppError('precondition', 'This step wrote a record and sent no message.');
}

const NEVER_LEFT: Partial<Record<DeliveryState, string>> = {
  queued: 'This message was not sent yet.',
  skipped: 'This message was never made: it was skipped when its turn came.',
  cancelled: 'This message was never made: its run was cancelled.',
  expired: 'This message was never made: its turn came too late.',
};

function assertWasMade(row: MessageRow): asserts row is MessageRow & { datedAt: Date } {
  if (row.erased || row.snapshot === null) {
    throw new AppError(
      'precondition',
      'This person was erased on request, and what the message was made from with them.',
    );
  }
  const why = NEVER_LEFT[row.state];
  if (why || row.datedAt === null) throw new AppError('precondition', why ?? 'This message was never made.');
}

function render(run: QueuingRun, step: FrozenMessageStep, row: MessageRow & { datedAt: Date }) {
  const { id: deliveryId, email, phone, datedAt } = row;
  const member: RenderMember = { deliveryId, email, phone, snapshot: row.snapshot ?? {} };
  // Resend is handed the parts and builds the message itself
  const format = step.kind === 'sms' ? 'text' : row.providerKind === 'resend' ? 'parts' : 'mime';
  try {
    const sent = messageRenderer(run, step, format)(member, datedAt);
    const parts = step.kind === 'sms' ? sent : messageRenderer(run, step, 'parts')(member, datedAt);
    return { sent, parts };
  } catch (error) {
    if (!(error instanceof ContentError)) throw error;
    throw new AppError('precondition', `This message could not be made from the customer’s data: ${error.message}`, {
      cause: error,
    });
  }
}

/**
 * The very message a delivery was: the same bytes, made again from the frozen version, the frozen values and the fixed
 * date. Throws `not_found`, or `precondition` when nothing was made, or the person was erased.
 */
export async function rebuildMessage(ctx: Ctx, input: z.input<typeof rebuildMessageSchema>): Promise<RebuiltMessage> {
  authorise(ctx, 'service.lookup');
  const { deliveryId } = parseInput(rebuildMessageSchema, input);
  return withTx(ctx, async (tx) => {
    const row = await findMessage(tx, ctx.workspaceId, deliveryId);
    const run = await loadRunIn(tx, ctx.workspaceId, row.runId);
    const step = messageStepOf(run, row.step);
    assertWasMade(row);
    const { sent, parts } = render(run, step, row);
    const { contactId, runId, campaign, state, sentAt } = row;
    const base = {
      deliveryId,
      contactId,
      runId,
      campaign,
      step: step.name,
      state,
      sentAt,
      resendOf: row.resendOf === null ? null : deliveryIdToPublic(row.resendOf),
      to: sent.to,
    };
    if ('text' in sent) {
      const { from, text } = sent;
      return { ...base, channel: 'sms', from, subject: null, text, html: null, headers: [], mime: null, parts: null };
    }
    const made = 'parts' in parts ? parts.parts : undefined;
    if (!made) throw new Error('The renderer gave no parts');
    const { from, subject, text, html, headers } = made;
    const mime = sent.mime?.toString('utf8') ?? null;
    return {
      ...base,
      channel: 'email',
      from,
      subject,
      text,
      html,
      headers: mime === null ? Object.entries(headers).map(([name, value]) => ({ name, value })) : readHeaders(mime),
      mime,
      parts: sent.parts ?? null,
    };
  });
}
