'use client';

import { RotateCcw } from 'lucide-react';
import { rowsHref } from '@/components/runs/rows-href';
import { Button } from '@/components/ui/button';
import { Code } from '@/components/ui/code';
import { TextLink } from '@/components/ui/link-button';
import { formatNumber } from '@/components/ui/number';
import { Section } from '@/components/ui/section';
import { causeCode, explainCause } from '@/lib/domain/error-words';
import type { Wire } from '@/lib/domain/wire';
import type { IssueGroup } from '@/lib/features/runs/run-issues';
import { retry } from './actions';
import type { RunPart } from './run-live';
import { useAct } from './use-act';

const keyOf = ({ step, state, cause }: Wire<IssueGroup>) => `${step}/${state}/${cause}`;

/** What was not sent, by cause, in plain words with what to do; and who was left out when their turn came. */
export function FailuresSection(part: RunPart) {
  const { run, details, progress } = part;
  const failed = details.issues.filter(({ state }) => state === 'failed');
  const leftOut = details.issues.filter(({ state }) => state === 'skipped' || state === 'expired');
  const nFailed = failed.reduce((sum, { n }) => sum + n, 0);
  if (failed.length + leftOut.length === 0) return null;
  const stepName = (step: number) => (progress.steps.length > 1 ? (run.outline[step]?.name ?? '') : '');
  return (
    <>
      {failed.length > 0 && (
        <Section
          id="failures"
          title={`${formatNumber(nFailed)} failed`}
          description="Definitely not sent. Grouped by cause, largest first."
        >
          <ul className="flex flex-col">
            {failed.map((group) => (
              <FailureGroup key={keyOf(group)} part={part} group={group} stepName={stepName(group.step)} />
            ))}
          </ul>
        </Section>
      )}
      {leftOut.length > 0 && (
        <Section
          title="Left out when their turn came"
          description="In the audience, and not sent to for a reason found later."
        >
          <ul className="divide-y divide-rule border-ink border-t">
            {leftOut.map((group) => {
              const { what, fix } = explainCause(group.state, group.cause);
              return (
                <li
                  key={keyOf(group)}
                  className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 py-3 sm:grid-cols-[5rem_minmax(0,1fr)] sm:gap-x-6"
                >
                  <TextLink
                    href={rowsHref(run.id, { step: group.step, state: group.state, cause: group.cause })}
                    className="figure self-start sm:justify-self-end"
                  >
                    {formatNumber(group.n)}
                  </TextLink>
                  <p>
                    {what.charAt(0).toUpperCase() + what.slice(1)}
                    {stepName(group.step) && <span className="text-ink-faint"> · {stepName(group.step)}</span>}
                    <span className="block text-ink-soft">{fix}</span>
                  </p>
                </li>
              );
            })}
          </ul>
        </Section>
      )}
    </>
  );
}

interface FailureGroupProps {
  part: RunPart;
  group: Wire<IssueGroup>;
  stepName: string;
}

function FailureGroup({ part, group, stepName }: FailureGroupProps) {
  const { run, progress, rights, refresh } = part;
  const { pending, act } = useAct(refresh);
  const { what, fix, retry: use } = explainCause('failed', group.cause);
  const mayRetry = rights.control && progress.status !== 'cancelled' && progress.status !== 'failed';
  return (
    <li className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-3 border-rule border-t py-4 first:border-ink sm:grid-cols-[5rem_minmax(0,1fr)_auto] sm:gap-x-6">
      <TextLink
        href={rowsHref(run.id, { step: group.step, state: group.state, cause: group.cause })}
        className="figure self-start text-base leading-5 sm:justify-self-end"
      >
        {formatNumber(group.n)}
      </TextLink>
      <div className="min-w-0">
        <p className="font-medium">
          {group.n === 1 ? 'was' : 'were'} not sent: {what}.
          {stepName && <span className="font-normal text-ink-faint"> {stepName}</span>}
        </p>
        <p className="text-ink-soft">{fix}</p>
        <details className="mt-1 text-ink-faint text-xs">
          <summary className="w-fit rounded-xs underline-offset-4 hover:text-ink hover:underline">
            What was answered
          </summary>
          <p className="mt-1 [overflow-wrap:anywhere]">
            <Code>{causeCode(group.cause) || 'no code'}</Code> {group.example}
          </p>
        </details>
      </div>
      {mayRetry && use !== 'pointless' && (
        <Button
          size="sm"
          pending={pending}
          className="self-start justify-self-start max-sm:col-start-2"
          onClick={() =>
            act(
              () => retry({ runId: run.id, step: group.step, cause: group.cause }),
              ({ queued }) => `${formatNumber(queued)} queued again; they go out with the next batch.`,
            )
          }
        >
          <RotateCcw /> Retry {formatNumber(group.n)}
        </Button>
      )}
    </li>
  );
}
