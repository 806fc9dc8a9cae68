import { pool } from '@/lib/db/client';
import type { CampaignDraftInput } from '@/lib/domain/campaign';
import { toWallClock } from '@/lib/domain/zoned-time';
import { activateCampaign } from '@/lib/features/campaigns/activate-campaign';
import { createCampaign } from '@/lib/features/campaigns/create-campaign';
import { listOccurrences } from '@/lib/features/occurrences/list-occurrences';
import { startDueOccurrences } from '@/lib/features/occurrences/start-due-occurrences';
import { type DispatchFixture, dispatchFixture, draftOf } from '@/lib/features/testing/dispatch-fixture';

export const MINUTE_MS = 60_000;
export const DAY_MS = 86_400_000;

type Schedule = Extract<NonNullable<CampaignDraftInput['schedule']>, { kind: 'recurring' }>;

const ZONE = 'Asia/Singapore';

/**
 * A time of day that is half a day away, so that no occurrence but those which a test makes due comes about meanwhile,
 * at whatever hour the tests run.
 */
export const FAR_TIME = toWallClock(new Date(Date.now() + DAY_MS / 2).toISOString(), ZONE).slice(11, 16);

export const daily = (over: Partial<Schedule> = {}): Schedule => ({
  kind: 'recurring',
  repeat: { unit: 'day' },
  times: [FAR_TIME],
  timeZone: ZONE,
  ...over,
});

export interface Recurring {
  f: DispatchFixture;
  id: string;
  /** As if it had been activated long ago, and its next occurrence were so many minutes overdue. */
  dueSince(minutes: number): Promise<Date>;
  /** Starts an occurrence that was due so many minutes ago; answers its run. */
  startOne(minutesAgo?: number): Promise<string>;
  runs(): Promise<{ id: string; status: string; key: string; reason: string | null }[]>;
  /** Topics of the notices about it, in order. */
  told(): Promise<string[]>;
  states(): Promise<string[]>;
}

/** An active daily campaign in a workspace of its own, whose people want to hear of everything unexpected. */
export async function recurring(over: Partial<Schedule> = {}): Promise<Recurring> {
  const f = await dispatchFixture({ smtpPort: 1, smsUrl: 'http://127.0.0.1:1' }, 3);
  const events = ['missed', 'skipped', 'empty', 'unusual', 'late'] as const;
  const notify = { emails: ['ops@telco.example'], events: [...events] };
  const draft = draftOf(f, ['email'], { schedule: daily(over), notify });
  const { id } = await createCampaign(f.ctx, { name: 'Daily', draft });
  await activateCampaign(f.ctx, { campaignId: id });
  const dueSince = async (minutes: number) => {
    const plannedAt = new Date(Math.floor(Date.now() / MINUTE_MS - minutes) * MINUTE_MS);
    await pool()`
      update recurrences set next_at = ${plannedAt}, plan = plan || '{"after": "2020-01-01T00:00:00.000Z", "anchor": "2020-01-01"}'::jsonb
      where campaign_id = ${id}`;
    return plannedAt;
  };
  const runs = async () => [
    ...(await pool()<Awaited<ReturnType<Recurring['runs']>>>`
      select id, status, occurrence_key as key, status_reason as reason from runs where campaign_id = ${id} order by id`),
  ];
  const startOne = async (minutesAgo = 1) => {
    await dueSince(minutesAgo);
    await startDueOccurrences();
    return (await runs()).at(-1)?.id ?? '';
  };
  const told = async () => {
    const rows = await pool()<{ topic: string }[]>`
      select topic from notices where workspace_id = ${f.ctx.workspaceId} order by created_at, topic`;
    return rows.map(({ topic }) => topic);
  };
  const states = async () => (await listOccurrences(f.ctx, { campaignId: id })).past.map(({ state }) => state);
  return { f, id, dueSince, startOne, runs, told, states };
}

/** Ends a run as sending it to so many people would. */
export async function endRun(runId: string, audience = 3): Promise<void> {
  await pool()`
    update runs set status = 'completed', queued_at = now(), completed_at = now(), audience_count = ${audience} where id = ${runId}`;
}
