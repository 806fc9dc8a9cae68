import type { RunStatus } from './run';
import { addStrips, type StripCounts, stripTotal } from './strip';

/** What the headline of a run is made from. */
export interface RunFacts {
  status: RunStatus;
  statusReason: string | null;
  pausedBy: { type: string; name: string } | null;
  audience: number;
  steps: { counts: StripCounts }[];
  queuing: { members: number } | null;
  outsideHours?: { n: number } | null;
}

function counted(n: number, one: string, many: string, locale: string): string {
  return `${new Intl.NumberFormat(locale).format(n)} ${n === 1 ? one : many}`;
}

function ending(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

/** How far a run has come, over all its steps; every contact counts once a step. */
export function runCounts(run: Pick<RunFacts, 'steps'>): StripCounts {
  return addStrips(...run.steps.map(({ counts }) => counts));
}

function outcome(counts: StripCounts, locale: string): string {
  const number = new Intl.NumberFormat(locale);
  const total = stripTotal(counts);
  const of = `${number.format(counts.accepted)} of ${counted(total, 'delivery was', 'deliveries were', locale)} accepted`;
  const rest = [
    counts.failed > 0 && `${number.format(counts.failed)} failed`,
    counts.in_doubt > 0 && `${number.format(counts.in_doubt)} ${counts.in_doubt === 1 ? 'is' : 'are'} in doubt`,
    counts.skipped > 0 && `${counted(counts.skipped, 'was', 'were', locale)} skipped`,
    counts.expired > 0 && `${number.format(counts.expired)} expired`,
    counts.cancelled > 0 && `${counted(counts.cancelled, 'was', 'were', locale)} cancelled`,
  ].filter(Boolean);
  return `${of}${rest.length > 0 ? `; ${rest.join(', ')}` : ''}.`;
}

/** The state of a run as one or two sentences that anybody understands; a time is shown beside it, not in it. */
export function runSentence(run: RunFacts, locale = 'en'): string {
  const counts = runCounts(run);
  const people = counted(run.audience, 'person', 'people', locale);
  const waiting = counted(counts.waiting, 'delivery is', 'deliveries are', locale);
  switch (run.status) {
    case 'scheduled':
      return 'Waiting for its time. Its audience is worked out when it starts.';
    case 'queuing':
      return `Working out the audience: ${counted(run.queuing?.members ?? 0, 'person', 'people', locale)} so far. Sending begins by itself.`;
    case 'sending': {
      const settled = stripTotal(counts) - counts.waiting;
      const steps = run.steps.length > 1 ? ` in ${counted(run.steps.length, 'step', 'steps', locale)}` : '';
      const total = counted(stripTotal(counts), 'delivery', 'deliveries', locale);
      const who = run.queuing ? `the first ${people} while the rest of the audience is queued` : `${people}${steps}`;
      const have = settled === 1 ? 'has its' : 'have their';
      const n = run.outsideHours?.n ?? 0;
      const held = n > 0 ? ` ${counted(n, 'waits', 'wait', locale)} for the hours in which messages may leave.` : '';
      return `Sending to ${who}: ${new Intl.NumberFormat(locale).format(settled)} of ${total} ${have} outcome.${held}`;
    }
    case 'paused': {
      const by = run.pausedBy?.type === 'system' ? 'Waybill' : run.pausedBy?.name;
      const who = by ? `Paused by ${by}` : 'Paused';
      const reason = run.statusReason && run.statusReason !== 'Paused by hand.' ? ` ${ending(run.statusReason)}` : '';
      const lost = /nothing (?:was|is) lost/i.test(reason) ? '' : ' Nothing was lost;';
      return `${who}.${reason}${lost} ${waiting} waiting.`;
    }
    case 'completed':
      return run.audience === 0
        ? 'Nobody was in the audience, so nothing was sent.'
        : `Done. ${outcome(counts, locale)}`;
    case 'cancelled': {
      const reason =
        run.statusReason && run.statusReason !== 'Cancelled by hand.' ? ` ${ending(run.statusReason)}` : '';
      return `Cancelled.${reason} ${run.audience === 0 ? 'Nothing was sent.' : outcome(counts, locale)}`;
    }
    case 'failed':
      return `The run could not be started: ${ending(run.statusReason ?? 'the reason is not known')} Nothing was sent.`;
  }
}
