import { Check } from 'lucide-react';
import { cn } from '@/components/ui/cn';
import { Link } from '@/components/ui/link';

const STEPS = ['File', 'Columns', 'Check', 'Import'] as const;

interface ImportStepsProps {
  /** From 1. */
  current: number;
  /** Addresses of steps that can be gone back to. */
  hrefs?: Partial<Record<number, string>>;
}

/** Where in the import somebody is, and the way back. */
export function ImportSteps({ current, hrefs = {} }: ImportStepsProps) {
  return (
    <nav aria-label="Steps of the import" className="pb-8">
      <ol className="flex border-rule border-b">
        {STEPS.map((label, index) => {
          const step = index + 1;
          const isDone = step < current;
          const href = isDone ? hrefs[step] : undefined;
          const content = (
            <>
              <span
                className={cn(
                  'grid size-5 shrink-0 place-items-center rounded-full border font-mono text-[0.6875rem]',
                  step === current ? 'border-ink bg-ink text-paper' : 'border-rule-strong',
                )}
                aria-hidden="true"
              >
                {isDone ? <Check className="size-3" strokeWidth={3} /> : step}
              </span>
              <span className={cn(step !== current && 'max-sm:sr-only')}>{label}</span>
            </>
          );
          const style = cn(
            '-mb-px flex h-11 items-center gap-2 border-b-2 pr-6 font-medium text-sm sm:pr-10',
            step === current ? 'border-ink text-ink' : 'border-transparent text-ink-faint',
          );
          return (
            <li key={label} aria-current={step === current ? 'step' : undefined}>
              {href ? (
                <Link href={href} className={cn(style, 'text-ink-soft hover:text-ink')}>
                  {content}
                </Link>
              ) : (
                <span className={style}>{content}</span>
              )}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
