import type { Ctx } from '@/lib/context';
import { type Tx, withRead } from '@/lib/db/client';
import { noteDatabaseTime } from '@/lib/db/clock';
import type { Audience } from '@/lib/domain/campaign';
import type { RunStatus } from '@/lib/domain/run';
import { AppError } from '@/lib/errors';
import type { FrozenStep, FrozenVersion } from '@/lib/features/campaigns/frozen-version';

/** A run with its frozen version, as the jobs use it. */
export interface QueuingRun {
  id: string;
  workspaceId: string;
  campaignId: string;
  versionId: string;
  status: RunStatus;
  fromStep: number;
  rerunOf: string | null;
  /** The run whose seed recipients this one is for. */
  seedOf: string | null;
  startedAt: Date;
  baseUrl: string;
  maxPerSecond: number | null;
  bounceLimit: number;
  timeZone: string;
  audience: Audience;
  frozen: FrozenVersion;
}

/** The provider account a step sends through; null for steps without one. */
export function accountOf(step: FrozenStep): string | null {
  return step.kind === 'email' || step.kind === 'sms' ? step.sender.providerAccountId : null;
}

const DEFAULT_BOUNCE_LIMIT = 3;
const versions = new Map<string, FrozenVersion>();
const KEPT_VERSIONS = 20;

function keepVersion(id: string, frozen: FrozenVersion): void {
  versions.delete(id);
  versions.set(id, frozen);
  const oldest = versions.keys().next().value;
  if (versions.size > KEPT_VERSIONS && oldest) versions.delete(oldest);
}

type Row = Omit<QueuingRun, 'audience' | 'frozen' | 'bounceLimit' | 'startedAt'> & {
  audience: Audience | null;
  bounceLimit: number | null;
  startedAt: Date | null;
  clockAt: Date;
};

/** Loads a run of the workspace with its version (versions never change, so they are kept in memory). */
export async function loadRun(ctx: Ctx, runId: string): Promise<QueuingRun> {
  return withRead(ctx, (tx) => loadRunIn(tx, ctx.workspaceId, runId));
}

/** The same inside a transaction that is already open. */
export async function loadRunIn({ sql }: Pick<Tx, 'sql'>, workspaceId: string, runId: string): Promise<QueuingRun> {
  const [row] = await sql<Row[]>`
      select r.id, r.workspace_id as "workspaceId", r.campaign_id as "campaignId", r.version_id as "versionId", r.status,
             r.from_step as "fromStep", r.rerun_of as "rerunOf", r.seed_of as "seedOf", r.started_at as "startedAt", r.base_url as "baseUrl",
             r.max_per_second as "maxPerSecond", r.audience, (w.settings ->> 'bounceLimit')::int as "bounceLimit",
             w.time_zone as "timeZone", clock_timestamp() as "clockAt"
      from runs r join workspaces w on w.id = r.workspace_id
      where r.workspace_id = ${workspaceId} and r.id = ${runId}`;
  if (!row) throw new AppError('not_found', 'This run does not exist in this workspace.');
  const { clockAt, ...found } = row;
  noteDatabaseTime(clockAt);
  let frozen = versions.get(row.versionId);
  if (!frozen) {
    const [version] = await sql<{ frozen: FrozenVersion }[]>`
        select frozen from campaign_versions where workspace_id = ${workspaceId} and id = ${row.versionId}`;
    if (!version) throw new AppError('not_found', 'The frozen version of this run is missing.');
    frozen = version.frozen;
  }
  keepVersion(row.versionId, frozen);
  return {
    ...found,
    startedAt: row.startedAt ?? new Date(),
    bounceLimit: row.bounceLimit ?? DEFAULT_BOUNCE_LIMIT,
    audience: row.audience ?? frozen.audience,
    frozen,
  };
}
