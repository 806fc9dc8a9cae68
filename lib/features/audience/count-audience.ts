import { z } from 'zod';
import { authorise, type Ctx } from '@/lib/context';
import { type Tx, withTx } from '@/lib/db/client';
import { type Audience, addressChannelOf, audienceSchema, gateChannelOf } from '@/lib/domain/campaign';
import { EXCLUSION_REASONS } from '@/lib/domain/delivery';
import { parseInput } from '@/lib/domain/parse-input';
import {
  type AudienceQuery,
  audienceJoins,
  exclusionReason,
  type Fragment,
  includedWhere,
} from '@/lib/features/audience/member-query';
import { segmentRulesOf } from '@/lib/features/segments/segment-rules-of';

export const countAudienceSchema = z.object({
  audience: audienceSchema,
  /** Kind and failure rule of each step are enough: the first message decides which addresses are needed. */
  flow: z
    .array(z.object({ kind: z.string(), continueWhen: z.enum(['accepted', 'settled']).optional() }))
    .max(30)
    .default([]),
  /** Salts the hold-out, so that the count is the one this campaign will have. */
  campaignId: z.string().nullable().default(null),
});

export interface AudienceCount {
  /** Everybody the included lists and segments name. */
  listTotal: number;
  /** Why people are left out, in the order of the waterfall; their sum and `audience` make `listTotal`. */
  excluded: { reason: string; n: number }[];
  audience: number;
}

type Flow = readonly { kind: string; continueWhen?: 'accepted' | 'settled' }[];
const DEFAULT_BOUNCE_LIMIT = 3;

/** The audience as a query over contacts as they are now. Throws `precondition` when a segment is gone. */
export async function audienceQueryOf(
  tx: Tx,
  workspaceId: string,
  of: { audience: Audience; flow: Flow; campaignId: string | null },
  now = new Date(),
): Promise<AudienceQuery> {
  const [workspace] = await tx.sql<{ bounceLimit: number | null; timeZone: string }[]>`
    select (settings ->> 'bounceLimit')::int as "bounceLimit", time_zone as "timeZone" from workspaces where id = ${workspaceId}`;
  return {
    workspaceId,
    audience: of.audience,
    segmentRules: await segmentRulesOf(tx, workspaceId, of.audience),
    gateChannel: gateChannelOf(of.flow),
    addressChannel: addressChannelOf(of.flow),
    campaignId: of.campaignId,
    bounceLimit: workspace?.bounceLimit ?? DEFAULT_BOUNCE_LIMIT,
    now,
    timeZone: workspace?.timeZone ?? 'UTC',
  };
}

/** The column an audience must not name twice, or null when nobody needs an address. */
export function addressOf({ sql }: Tx, query: AudienceQuery): Fragment | null {
  const channel = query.addressChannel ?? query.gateChannel;
  if (!channel) return null;
  return channel === 'email' ? sql`c.email` : sql`c.phone`;
}

/** Whole audiences are read at once: with the memory for it nothing goes through temporary files. */
export async function readInMemory({ sql }: Tx): Promise<void> {
  await sql`select set_config('work_mem', '96MB', true)`;
}

const ORDER: readonly string[] = EXCLUSION_REASONS;

export async function countAudienceIn(tx: Tx, query: AudienceQuery): Promise<AudienceCount> {
  if (query.audience.include.length === 0) return { listTotal: 0, excluded: [], audience: 0 };
  const { sql } = tx;
  await readInMemory(tx);
  const address = addressOf(tx, query);
  const rows = await sql<{ reason: string | null; n: number }[]>`
    with member as materialized (
      select ${exclusionReason(sql, query)} as reason, hashtextextended(${address ?? sql`null::text`}, 0) as address
      from contacts c ${audienceJoins(sql, query)}
      where c.workspace_id = ${query.workspaceId} and ${includedWhere(sql, query)}
    ), doubled as (
      select coalesce(sum(n - 1), 0)::int as n from (
        select count(*) as n from member where reason is null and address is not null group by address having count(*) > 1
      ) d
    )
    select reason, count(*)::int as n from member group by reason
    union all select 'duplicate_address', n from doubled`;
  const of = (reason: string | null) => rows.find((row) => row.reason === reason)?.n ?? 0;
  const doubled = of('duplicate_address');
  const listTotal = rows.reduce((sum, row) => sum + row.n, 0) - doubled;
  const excluded = rows.flatMap(({ reason, n }) => (reason !== null && n > 0 ? [{ reason, n }] : []));
  const rank = ({ reason }: { reason: string }) => (ORDER.includes(reason) ? ORDER.indexOf(reason) : ORDER.length);
  excluded.sort((a, b) => rank(a) - rank(b));
  return { listTotal, excluded, audience: of(null) - doubled };
}

/**
 * Whom a draft would reach if it were launched now: counted set-based with the very conditions that freeze the audience,
 * duplicate addresses included; nothing is written. Throws `precondition` when the audience names a segment that is gone.
 */
export async function countAudience(ctx: Ctx, input: z.input<typeof countAudienceSchema>): Promise<AudienceCount> {
  authorise(ctx, 'campaigns.read');
  const of = parseInput(countAudienceSchema, input);
  return withTx(ctx, async (tx) => countAudienceIn(tx, await audienceQueryOf(tx, ctx.workspaceId, of)));
}
