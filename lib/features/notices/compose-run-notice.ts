import { renderSystemEmail } from '@/emails/system/render';
import { systemCtx } from '@/lib/context';
import { REASON_LABELS, type SkipReason } from '@/lib/domain/delivery';
import type { ComposedNotice } from '@/lib/domain/notice';
import { runHeadline } from '@/lib/domain/run';
import { describeStrip, EMPTY_STRIP, type StripCounts } from '@/lib/domain/strip';
import { type RunProgress, runProgress } from '@/lib/features/runs/run-progress';

export interface RunNotice {
  workspaceId: string;
  workspaceName: string;
  timeZone: string;
  baseUrl: string;
  event: string;
  runId: string;
  detail: string;
  wave: number | null;
}

const ALARMS: Record<string, { title: string; stamp: string; kept: string; toDo: string }> = {
  failed: {
    title: 'could not be queued',
    stamp: 'FAILED',
    kept: 'Nothing was sent.',
    toDo: 'Open the run, remove the cause and start it again.',
  },
  paused: {
    title: 'is paused',
    stamp: 'PAUSED',
    kept: 'What was accepted stays accepted; everybody else is still waiting.',
    toDo: 'If a provider is the reason, it goes on by itself when that provider works again. Otherwise open the run and press Resume.',
  },
  stalled: {
    title: 'is not moving',
    stamp: 'STALLED',
    kept: 'Nothing was lost; it goes on where it stopped.',
    toDo: 'Open the run: it says what it is waiting for.',
  },
  missed: {
    title: 'did not start',
    stamp: 'MISSED',
    kept: 'Nothing was sent.',
    toDo: 'Open the campaign and look at its schedule.',
  },
  empty: {
    title: 'had nobody to send to',
    stamp: 'EMPTY AUDIENCE',
    kept: 'The occurrence ran and ended; the next one comes as planned.',
    toDo: 'Look at the lists and segments it is for: something that fills them may have stopped.',
  },
  unusual: {
    title: 'has an unusual audience',
    stamp: 'UNUSUAL VOLUME',
    kept: 'It goes on as planned.',
    toDo: 'If that is not meant, open the run and pause it.',
  },
  late: {
    title: 'is not done in time',
    stamp: 'TOO LATE',
    kept: 'Nothing was lost; it goes on where it is.',
    toDo: 'Open the run: it says what it is waiting for.',
  },
};

function inZone(at: Date | null, timeZone: string): string | null {
  if (!at) return null;
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(at);
}

function factsOf(run: RunProgress, timeZone: string): { label: string; value: string }[] {
  const facts = [
    ['Started', inZone(run.startedAt, timeZone)],
    ['Completed', inZone(run.completedAt, timeZone)],
  ] as const;
  return facts.flatMap(([label, value]) => (value ? [{ label, value: `${value} (${timeZone})` }] : []));
}

function stampOf(notice: RunNotice, run: RunProgress, counts: StripCounts): { stamp: string; needsPerson: boolean } {
  const issues = counts.failed + counts.in_doubt;
  if (notice.event === 'wave_done') return { stamp: 'WAVE DONE', needsPerson: false };
  if (notice.event === 'completed')
    return { stamp: runHeadline('completed', issues).toUpperCase(), needsPerson: issues > 0 };
  return { stamp: notice.event === 'resumed' ? 'RESUMED' : run.status.toUpperCase(), needsPerson: false };
}

async function composeAlarm(notice: RunNotice, run: RunProgress, url: string, alarm: (typeof ALARMS)[string]) {
  return renderSystemEmail('alarm', {
    workspaceName: notice.workspaceName,
    title: `${run.name} ${alarm.title}`,
    stamp: alarm.stamp,
    happened: notice.detail,
    kept: alarm.kept,
    toDo: alarm.toDo,
    facts: [
      ...run.steps.map((step) => ({ label: step.name, value: describeStrip(step.counts) })),
      ...factsOf(run, notice.timeZone),
    ],
    action: { label: 'Open the run', url },
  });
}

/** A receipt or alarm of a run with its reconciliation numbers as they are at this moment. */
export async function composeRunNotice(notice: RunNotice): Promise<ComposedNotice> {
  const run = await runProgress(systemCtx(notice.workspaceId, 'notices'), notice.runId);
  const url = `${notice.baseUrl.replace(/\/+$/, '')}/runs/${notice.runId}`;
  const wave = run.waves.find(({ number }) => number === notice.wave);
  const counts = wave?.counts ?? run.steps[0]?.counts ?? EMPTY_STRIP;
  const runLabel = wave ? `Wave ${wave.number} of ${run.waves.length}` : 'whole run';
  const alarm = ALARMS[notice.event];
  const issues = run.steps.reduce((most, step) => Math.max(most, step.counts.failed + step.counts.in_doubt), 0);
  const email = alarm
    ? await composeAlarm(notice, run, url, alarm)
    : await renderSystemEmail('receipt', {
        workspaceName: notice.workspaceName,
        campaignName: run.name,
        runLabel,
        ...stampOf(notice, run, wave ? counts : { ...counts, failed: issues, in_doubt: 0 }),
        headline: notice.detail,
        counts,
        steps: wave ? [] : run.steps.map(({ name, counts: own }) => ({ name, counts: own })),
        ...(wave || run.listTotal === null
          ? {}
          : {
              listTotal: run.listTotal,
              excluded: run.excluded.map(({ reason, n }) => ({
                label: REASON_LABELS[reason as SkipReason] ?? reason,
                count: n,
              })),
            }),
        facts: factsOf(run, notice.timeZone),
        runUrl: url,
      });
  const what = alarm
    ? `${alarm.title}. ${notice.detail}`
    : `${wave ? runLabel : notice.event.replace('_', ' ')}: ${describeStrip(counts)}`;
  return {
    ...email,
    short: `${run.name}${alarm ? ' ' : ', '}${what} ${url}`.slice(0, 600),
    data: {
      runId: run.id,
      campaignId: run.campaignId,
      name: run.name,
      status: run.status,
      detail: notice.detail,
      wave: wave ? { number: wave.number, of: run.waves.length, counts: wave.counts } : null,
      audience: run.audience,
      listTotal: run.listTotal,
      excluded: Object.fromEntries(run.excluded.map(({ reason, n }) => [reason, n])),
      steps: run.steps.map(({ id, name, kind, counts: own }) => ({ id, name, kind, counts: own })),
      balanced: run.balanced,
      url,
    },
  };
}
