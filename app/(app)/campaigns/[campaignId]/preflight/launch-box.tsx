'use client';

import { useRouter } from 'next/navigation';
import { useRef, useState, useTransition } from 'react';
import { RunStamp } from '@/components/runs/run-stamp';
import { Confirm } from '@/components/ui/alert-dialog';
import { Button } from '@/components/ui/button';
import { Link } from '@/components/ui/link';
import { LinkButton } from '@/components/ui/link-button';
import { Notice } from '@/components/ui/notice';
import { formatNumber } from '@/components/ui/number';
import type { CampaignDraft } from '@/lib/domain/campaign';
import { mayLaunch } from '@/lib/domain/preflight';
import { momentWords } from '@/lib/domain/recurrence-words';
import type { LastRun } from '@/lib/features/campaigns/last-run-of';
import { activate, deactivate, launch } from '../../actions';
import { ApprovalPart } from './approval-part';
import { PlanFacts } from './plan-facts';
import type { Report } from './preflight-view';

interface LaunchBoxProps {
  report: Report;
  draft: CampaignDraft;
  accepted: string[];
  lastRun: LastRun | null;
  isActive: boolean;
  timeZone: string;
  me: string;
  canWrite: boolean;
}

/** From this many people on, the number must be typed. */
const TYPED_FROM = 10_000;
const NO_ISSUES = { failed: 0, in_doubt: 0 };
const NO_ANSWER =
  'Waybill did not answer. Press again: if it was launched, the same run opens and nothing is sent twice.';

const ACTIVATION = {
  event: { stop: 'Stop listening', after: 'Each event starts it for one contact.' },
  recurring: {
    stop: 'Deactivate',
    after: 'It comes again and again until it is deactivated. Later changes count from the next activation.',
  },
} as const;

function activateWords({ startAt }: Report, timeZone: string): string {
  return `Activate: first on ${momentWords(new Date(startAt), timeZone).replace(/ \(.*/, '')}`;
}

function waitingFor(report: Report, accepted: string[]): string | null {
  const critical = report.findings.filter(({ level }) => level === 'critical').length;
  if (critical > 0)
    return critical === 1 ? 'One thing must be put right first.' : `${critical} things must be put right first.`;
  const open = report.findings.filter(({ level, code }) => level === 'warning' && !accepted.includes(code)).length;
  if (open > 0) return open === 1 ? 'One warning is not accepted yet.' : `${open} warnings are not accepted yet.`;
  if (report.approval.isNeeded && !report.approval.isGiven) return 'A second person must approve first.';
  return null;
}

/** The numbers of the launch and its button. Pressing twice is one run. */
export function LaunchBox(props: LaunchBoxProps) {
  const { report, draft, accepted, lastRun, isActive, timeZone, me, canWrite } = props;
  const router = useRouter();
  const [asking, setAsking] = useState(false);
  const [problem, setProblem] = useState<string>();
  const [pending, startTransition] = useTransition();
  const isGoing = useRef(false);
  const { campaignId, revision, launched } = report;
  const audience = report.count.audience;
  const number = formatNumber(audience);
  const { schedule } = draft;
  const { kind } = schedule;
  const waiting = waitingFor(report, accepted);
  const startWords =
    schedule.kind === 'recurring' ? activateWords(report, schedule.timeZone ?? timeZone) : 'Start listening';
  const canLaunch = report.mayLaunch && waiting === null && mayLaunch(report.findings, accepted);

  async function go(): Promise<string | undefined> {
    if (isGoing.current) return;
    isGoing.current = true;
    try {
      const result = await launch({ campaignId, revision, accepted });
      if (result.ok) {
        router.push(`/runs/${result.data.runId}`);
        return;
      }
      isGoing.current = false;
      return result.error.message;
    } catch {
      isGoing.current = false;
      return NO_ANSWER;
    }
  }

  function press() {
    if (audience >= TYPED_FROM) return setAsking(true);
    startTransition(async () => setProblem(await go()));
  }

  function listen(on: boolean) {
    startTransition(async () => {
      const result = await (on ? activate({ campaignId, revision, accepted }) : deactivate({ campaignId })).catch(
        () => null,
      );
      setProblem(result === null ? NO_ANSWER : result.ok ? undefined : result.error.message);
      if (result?.ok && on && kind === 'recurring') router.push(`/campaigns/${campaignId}/occurrences`);
      else router.refresh();
    });
  }

  return (
    <section
      aria-labelledby="launch-title"
      className="flex flex-col gap-5 rounded-lg border border-rule-strong bg-sheet p-5"
    >
      <h2 id="launch-title" className="sr-only">
        Launch
      </h2>
      <PlanFacts report={report} draft={draft} timeZone={timeZone} />
      {report.approval.isNeeded && launched === null && (
        <ApprovalPart
          report={report}
          me={me}
          canWrite={canWrite}
          isSound={report.findings.every(({ level }) => level !== 'critical')}
        />
      )}
      {problem && <Notice tone="failed" title={problem} live />}
      {launched ? (
        <div className="flex flex-col gap-3">
          <p className="flex flex-wrap items-center gap-2 text-sm">
            Launched as it is{' '}
            <RunStamp status={launched.status} counts={lastRun?.id === launched.runId ? lastRun.counts : NO_ISSUES} />
          </p>
          <LinkButton variant="primary" href={`/runs/${launched.runId}`}>
            Open the run
          </LinkButton>
          <p className="text-ink-faint text-xs">
            To send again, change something or duplicate the campaign. The run itself can send again to those who were
            not reached.
          </p>
        </div>
      ) : !report.mayLaunch ? (
        <p className="text-ink-soft text-sm">Your role does not allow launching. A marketer or an admin can.</p>
      ) : kind === 'event' || kind === 'recurring' ? (
        <div className="flex flex-col gap-2">
          <Button variant="primary" size="lg" disabled={!canLaunch} pending={pending} onClick={() => listen(true)}>
            {isActive ? 'Use this version from now on' : startWords}
          </Button>
          {isActive && <Button onClick={() => listen(false)}>{ACTIVATION[kind].stop}</Button>}
          <p role="status" className="text-ink-soft text-xs">
            {waiting ?? ACTIVATION[kind].after}
          </p>
        </div>
      ) : (
        <div className="flex flex-col gap-2">
          <Button variant="primary" size="lg" disabled={!canLaunch} pending={pending} onClick={press}>
            {draft.schedule.kind === 'at' ? `Schedule for ${number}` : `Send to ${number}`}
          </Button>
          <p role="status" className="text-ink-soft text-xs">
            {waiting ?? 'It can be paused at any moment; what has left cannot be called back.'}
          </p>
        </div>
      )}
      <Link
        href={`/campaigns/${campaignId}`}
        className="self-start rounded-xs text-ink-soft text-sm hover:text-ink hover:underline"
      >
        Back to the campaign
      </Link>
      <Confirm
        title={`Send to ${number} people?`}
        action={`Send to ${number}`}
        typed={String(audience)}
        open={asking}
        onOpenChange={setAsking}
        onConfirm={go}
      >
        <p>This is a large audience. What has left cannot be called back.</p>
      </Confirm>
    </section>
  );
}
