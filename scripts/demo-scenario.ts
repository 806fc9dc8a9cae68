import { launchLink } from '@/lib/auth/launch-link';
import { closePool, withTx } from '@/lib/db/client';
import { env } from '@/lib/env';
import { createCampaign } from '@/lib/features/campaigns/create-campaign';
import { launchCampaign } from '@/lib/features/campaigns/launch-campaign';
import { type RunProgress, runProgress } from '@/lib/features/runs/run-progress';
import { closeEnginePool } from '@/lib/jobs/client';
import { sendImportStarted, sendRunLaunched } from '@/lib/jobs/send-events';
import type { DemoProgress, DemoRun, DemoStack, Scenario } from './demo/scenario';
import { type DemoThings, importInvitees, planMore, seedWorkspace, setSomeAside } from './demo/seed-workspace';

const NAME = 'Phone launch';
const LINK_DAYS = 7;
let things: DemoThings | undefined;

function seeded(): DemoThings {
  if (!things) throw new Error('The demo has not begun.');
  return things;
}

async function waitForImport({ ctx }: DemoThings, importId: string, stack: DemoStack): Promise<void> {
  for (;;) {
    stack.signal.throwIfAborted();
    const [row] = await withTx(ctx, async ({ sql }) => {
      return await sql<{ status: string; reason: string | null; counts: Record<string, number> }[]>`
        select status, status_reason as reason, counts from imports where workspace_id = ${ctx.workspaceId} and id = ${importId}`;
    });
    if (row?.status === 'completed') {
      const { rows, new: added, updated, unchanged, rejected } = row.counts;
      stack.say(
        `Imported ${rows} rows: ${added} new, ${updated} updated, ${unchanged} unchanged, ${rejected} rejected with a reason each.`,
      );
      return;
    }
    if (row?.status !== 'queued' && row?.status !== 'running')
      throw new Error(`The import ended as ${row?.status}: ${row?.reason}`);
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
}

async function launch(t: DemoThings): Promise<{ runId: string; isNew: boolean }> {
  const { ctx } = t;
  const [known] = await withTx(ctx, async ({ sql }) => {
    return await sql<{ id: string }[]>`
      select r.id from runs r join campaigns c on c.id = r.campaign_id
      where r.workspace_id = ${ctx.workspaceId} and c.name = ${NAME} order by r.created_at limit 1`;
  });
  if (known) return { runId: known.id, isNew: false };
  const { id } = await createCampaign(ctx, {
    name: NAME,
    draft: {
      audience: { include: [{ kind: 'segment', id: t.segmentId }], exclude: [{ kind: 'list', id: t.staffListId }] },
      // whoever cannot be mailed is still recorded, and texted where that is allowed
      flow: [
        {
          id: 'email',
          name: 'Launch email',
          kind: 'email',
          templateId: t.emailTemplateId,
          senderId: t.emailSenderId,
          continueWhen: 'settled',
        },
        {
          id: 'record_mailed',
          name: 'Record mailed',
          kind: 'record',
          sink: { kind: 'table', outputTableId: t.mailedTableId },
          columns: ['external_id', 'email', 'plan', 'outcome', 'sent_at'],
        },
        {
          id: 'sms',
          name: 'Reminder SMS',
          kind: 'sms',
          templateId: t.smsTemplateId,
          senderId: t.smsSenderId,
          continueWhen: 'settled',
        },
        {
          id: 'record_texted',
          name: 'Record texted',
          kind: 'record',
          sink: { kind: 'table', outputTableId: t.textedTableId },
          columns: ['external_id', 'phone', 'plan', 'outcome', 'sent_at'],
        },
      ],
      policy: { waveSize: 500, maxPerSecond: 250 },
      notify: {
        emails: ['campaigns@merlion-mobile.example'],
        events: ['started', 'wave_done', 'completed', 'failed', 'paused'],
      },
    },
  });
  const { runId } = await launchCampaign(ctx, { campaignId: id });
  return { runId, isNew: true };
}

function headline(progress: RunProgress): string {
  const { status, waves } = progress;
  if (status === 'queuing') return `Queuing: ${progress.queuing?.members ?? 0} in the audience so far`;
  const current = waves.find((wave) => wave.status === 'released') ?? waves.at(-1);
  if (status === 'sending' && current) return `Sending wave ${current.number} of ${waves.length}`;
  if (status === 'paused') return `Paused: ${progress.statusReason ?? ''}`;
  return status === 'completed' ? 'Completed' : status;
}

export const scenario: Scenario = {
  async begin(stack: DemoStack): Promise<DemoRun> {
    things = await seedWorkspace(stack);
    const importId = await importInvitees(things);
    await sendImportStarted({ workspaceId: things.ctx.workspaceId, importId });
    await waitForImport(things, importId, stack);
    await setSomeAside(things);
    const { runId, isNew } = await launch(things);
    await sendRunLaunched({ workspaceId: things.ctx.workspaceId, runId });
    await planMore(things);
    return { runId, title: `The campaign “${NAME}” (email → record → SMS → record)`, isNew };
  },
  async progress(runId: string): Promise<DemoProgress> {
    const progress = await runProgress(seeded().ctx, runId);
    return {
      status: progress.status,
      headline: headline(progress),
      audience: progress.audience,
      excluded: Object.fromEntries(progress.excluded.map(({ reason, n }) => [reason, n])),
      steps: progress.steps.map(({ name, counts }) => ({ step: name, counts })),
      messagesPerSecond: progress.ratePerSecond > 0 ? progress.ratePerSecond : null,
      secondsLeft: progress.etaSeconds,
      balanced: progress.balanced,
    };
  },
  async signInUrl(stack: DemoStack): Promise<string> {
    return launchLink('demo', stack.appUrl, env().WAYBILL_SECRET, Date.now() + LINK_DAYS * 86_400_000);
  },
  async end(): Promise<void> {
    await closePool();
    await closeEnginePool();
  },
};
