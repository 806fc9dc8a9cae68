'use client';

import { ChevronDown, CircleAlert, CircleCheck, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { LinkButton } from '@/components/ui/link-button';
import { Num } from '@/components/ui/number';
import { Skeleton } from '@/components/ui/skeleton';
import type { Finding } from './use-check';

export interface Remark {
  key: string;
  isCritical: boolean;
  message: ReactNode;
  /** How many contacts it concerns. */
  contacts?: number;
  action?: { label: string; run: () => void } | { label: string; href: string };
}

interface CheckPanelProps {
  findings: Finding[] | undefined;
  problem: string | undefined;
  /** What the editor itself has noticed. */
  remarks: Remark[];
  actionFor: (finding: Finding) => Remark['action'];
}

/** What would go wrong, with how many people it hits, and the way to put it right. */
export function CheckPanel({ findings, problem, remarks, actionFor }: CheckPanelProps) {
  if (problem) return <p className="text-attention-ink text-xs">Not checked just now: {problem}</p>;
  if (!findings) return <Skeleton className="h-10 rounded-md" />;
  const found = findings.map((finding): Remark => {
    const { code, field, isCritical, message, contacts } = finding;
    return { key: `${code} ${field}`, isCritical, message, contacts, action: actionFor(finding) };
  });
  const all = [...found, ...remarks];
  const critical = all.filter(({ isCritical }) => isCritical).length;
  if (all.length === 0) {
    return (
      <p className="flex h-10 items-center gap-2 rounded-md border border-rule-strong px-3 text-accepted-ink">
        <CircleCheck className="size-4" aria-hidden="true" /> Nothing found that would go wrong
      </p>
    );
  }
  return (
    <details
      className="group/check rounded-md border border-rule-strong bg-sheet"
      open={critical > 0 || undefined}
      key={critical > 0 ? 'critical' : 'calm'}
    >
      <summary className="flex h-10 list-none items-center gap-2 rounded-md px-3 font-medium [&::-webkit-details-marker]:hidden">
        {critical > 0 ? (
          <CircleAlert className="size-4 shrink-0 text-failed-ink" aria-hidden="true" />
        ) : (
          <TriangleAlert className="size-4 shrink-0 text-attention-ink" aria-hidden="true" />
        )}
        <span className="grow">{summary(critical, all.length - critical)}</span>
        <ChevronDown
          className="size-4 shrink-0 text-ink-faint transition-transform group-open/check:rotate-180"
          aria-hidden="true"
        />
      </summary>
      <ul className="max-h-72 divide-y divide-rule overflow-y-auto border-rule border-t">
        {all.map(({ key, isCritical, message, contacts, action }) => (
          <li key={key} className="flex flex-wrap items-start gap-x-3 gap-y-2 px-3 py-2.5">
            {isCritical ? (
              <CircleAlert
                role="img"
                aria-label="Must be put right"
                className="mt-0.5 size-4 shrink-0 text-failed-ink"
              />
            ) : (
              <TriangleAlert
                role="img"
                aria-label="Look at this"
                className="mt-0.5 size-4 shrink-0 text-attention-ink"
              />
            )}
            <span className="min-w-0 grow basis-40">{message}</span>
            {contacts !== undefined && contacts > 0 && (
              <span className="shrink-0 text-ink-soft text-xs">
                <Num value={contacts} /> {contacts === 1 ? 'contact' : 'contacts'}
              </span>
            )}
            {action && 'href' in action && (
              <LinkButton href={action.href} size="sm" className="-my-1">
                {action.label}
              </LinkButton>
            )}
            {action && 'run' in action && (
              <Button size="sm" className="-my-1" onClick={action.run}>
                {action.label}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}

function summary(critical: number, others: number): string {
  const parts = [
    ...(critical > 0 ? [`${critical} must be put right before it is sent`] : []),
    ...(others > 0 ? [`${others} to look at`] : []),
  ];
  return parts.join(', ');
}
