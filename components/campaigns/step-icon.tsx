import { Hourglass, Mail, MessageSquareText, Split, TableProperties } from 'lucide-react';
import { cn } from '@/components/ui/cn';
import { STEP_KIND_LABELS, type StepKind } from '@/lib/domain/step-kind';

const ICONS = {
  email: Mail,
  sms: MessageSquareText,
  record: TableProperties,
  condition: Split,
  wait: Hourglass,
} as const;

export function StepIcon({ kind, className }: { kind: StepKind; className?: string }) {
  const Icon = ICONS[kind];
  return <Icon className={cn('size-4 shrink-0', className)} aria-hidden="true" />;
}

const isKind = (kind: string): kind is StepKind => kind in ICONS;

/** The steps of a flow in one line, for tables. */
export function StepKinds({ kinds }: { kinds: readonly string[] }) {
  const known = kinds.filter(isKind);
  if (known.length === 0) return <span className="text-ink-faint">No steps yet</span>;
  return (
    <span
      role="img"
      aria-label={known.map((kind) => STEP_KIND_LABELS[kind]).join(', then ')}
      className="flex items-center gap-1 text-ink-soft"
    >
      {known.map((kind, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a drawing of a sequence; nothing in it moves
        <span key={index} className="inline-flex items-center gap-1">
          {index > 0 && <span className="h-px w-2 bg-rule-strong" aria-hidden="true" />}
          <StepIcon kind={kind} />
        </span>
      ))}
    </span>
  );
}
