'use client';

import { CircleAlert, CircleCheck, Info } from 'lucide-react';
import { useId } from 'react';
import { CheckboxBox } from '@/components/ui/checkbox';
import { cn } from '@/components/ui/cn';
import { Link } from '@/components/ui/link';
import { Section } from '@/components/ui/section';
import type { Finding } from '@/lib/domain/preflight';

interface FindingsSectionProps {
  findings: Finding[];
  accepted: string[];
  onAccept: (code: string, isAccepted: boolean) => void;
  canAccept: boolean;
  isLaunched: boolean;
}

/** What stops the launch, what a person must have seen, and what is only worth knowing. */
export function FindingsSection(props: FindingsSectionProps) {
  const { findings, accepted, onAccept, canAccept, isLaunched } = props;
  const of = (level: Finding['level']) => findings.filter((finding) => finding.level === level);
  const critical = of('critical');
  const warnings = of('warning');
  const notes = of('note');
  return (
    <div className="flex flex-col gap-10">
      {critical.length > 0 && (
        <Section title="Must be put right">
          <ul className="border-failed border-t-2">
            {critical.map((finding) => (
              <FindingLine key={finding.code} finding={finding} />
            ))}
          </ul>
        </Section>
      )}
      {warnings.length > 0 && (
        <Section
          title="Look at these"
          description={
            canAccept
              ? 'Tick each one you have seen and want to go on with. Your name stays beside it in the audit log.'
              : isLaunched
                ? 'Whoever launched it accepted what was here then.'
                : 'Whoever launches it has to accept each of these.'
          }
        >
          <ul className="border-ink border-t">
            {warnings.map((finding) => (
              <FindingLine
                key={finding.code}
                finding={finding}
                isAccepted={accepted.includes(finding.code)}
                onAccept={canAccept ? (is) => onAccept(finding.code, is) : undefined}
              />
            ))}
          </ul>
        </Section>
      )}
      {critical.length + warnings.length === 0 && (
        <p className="flex items-center gap-3 border-accepted border-t-2 border-b border-b-rule py-4 font-medium">
          <CircleCheck className="size-5 shrink-0 text-accepted-ink" aria-hidden="true" />
          Nothing was found that needs your attention.
        </p>
      )}
      {notes.length > 0 && (
        <Section title="Good to know">
          <ul className="border-ink border-t">
            {notes.map((finding) => (
              <FindingLine key={finding.code} finding={finding} />
            ))}
          </ul>
        </Section>
      )}
    </div>
  );
}

interface FindingLineProps {
  finding: Finding;
  isAccepted?: boolean;
  onAccept?: (isAccepted: boolean) => void;
}

function FindingLine({ finding, isAccepted = false, onAccept }: FindingLineProps) {
  const id = useId();
  const { level, title, detail, fix } = finding;
  const Mark = level === 'note' ? Info : CircleAlert;
  const mark = level === 'critical' ? 'text-failed-ink' : level === 'warning' ? 'text-attention-ink' : 'text-ink-faint';
  return (
    <li
      data-finding={finding.code}
      className="relative grid grid-cols-[1.25rem_minmax(0,1fr)_auto] gap-x-3 gap-y-1 border-rule border-b py-3 max-sm:grid-cols-[1.25rem_minmax(0,1fr)]"
    >
      {onAccept ? (
        <CheckboxBox
          id={id}
          checked={isAccepted}
          onCheckedChange={(is) => onAccept(is === true)}
          className="mt-0.5"
          aria-describedby={detail ? `${id}-detail` : undefined}
        />
      ) : (
        <Mark className={cn('mt-0.5 size-4', mark)} aria-hidden="true" />
      )}
      <div className="min-w-0">
        {onAccept ? (
          <label htmlFor={id} className={cn('font-medium [overflow-wrap:anywhere]', isAccepted && 'text-ink-soft')}>
            {title}
          </label>
        ) : (
          <p className={cn('[overflow-wrap:anywhere]', level !== 'note' && 'font-medium')}>{title}</p>
        )}
        {detail && (
          <p id={`${id}-detail`} className="text-ink-soft text-sm [overflow-wrap:anywhere]">
            {detail}
          </p>
        )}
      </div>
      {fix && (
        <Link
          href={fix.href}
          className="h-fit whitespace-nowrap rounded-xs text-link text-sm underline decoration-link/40 underline-offset-[3px] hover:decoration-link max-sm:col-start-2"
        >
          {fix.label}
        </Link>
      )}
    </li>
  );
}
