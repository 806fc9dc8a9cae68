import { Check } from 'lucide-react';
import { cn } from '@/components/ui/cn';
import { LinkButton } from '@/components/ui/link-button';
import type { FirstSteps as Done } from '@/lib/features/health/first-steps';

interface FirstStepsProps {
  done: Done;
  mayWrite: boolean;
}

const STEPS = [
  {
    key: 'contacts',
    title: 'Bring your contacts',
    text: 'A CSV from any system. Columns are recognised, and you see what would change before anything does.',
    href: '/contacts/import',
    action: 'Import contacts',
  },
  {
    key: 'senders',
    title: 'Say who sends',
    text: 'A provider account and the address or number people see.',
    href: '/settings/providers',
    action: 'Add a provider',
  },
  {
    key: 'templates',
    title: 'Write a message',
    text: 'Start from one of the ready-made emails or a short SMS, and preview it as any contact.',
    href: '/templates',
    action: 'Make a template',
  },
  {
    key: 'campaigns',
    title: 'Put a campaign together',
    text: 'Who, what and when. Everything is checked before the launch, and you see the numbers first.',
    href: '/campaigns/new',
    action: 'New campaign',
  },
] as const;

/** The way of an empty workspace to its first run; what is done is ticked off. */
export function FirstSteps({ done, mayWrite }: FirstStepsProps) {
  const next = STEPS.find(({ key }) => !done[key]);
  return (
    <section aria-labelledby="first-steps" className="max-w-3xl">
      <h2 id="first-steps" className="pb-3 font-semibold text-base">
        {next ? 'Four steps to the first run' : 'Ready for the first run'}
      </h2>
      <ol className="border-ink border-t">
        {STEPS.map(({ key, title, text, href, action }, index) => {
          const isNext = next?.key === key;
          return (
            <li
              key={key}
              className="grid grid-cols-[2rem_minmax(0,1fr)] items-start gap-x-4 gap-y-3 border-rule border-b py-5 sm:grid-cols-[2rem_minmax(0,1fr)_auto]"
            >
              <span
                className={cn(
                  'figure grid size-7 place-items-center rounded-full border',
                  done[key]
                    ? 'border-accepted text-accepted-ink'
                    : isNext
                      ? 'border-ink'
                      : 'border-rule-strong text-ink-faint',
                )}
              >
                {done[key] ? <Check className="size-4" aria-label="Done" /> : index + 1}
              </span>
              <div>
                <h3 className={cn('font-medium', !isNext && 'text-ink-soft')}>{title}</h3>
                <p className="text-ink-soft">{text}</p>
              </div>
              {mayWrite && !done[key] && (
                <LinkButton
                  href={href}
                  variant={isNext ? 'primary' : 'secondary'}
                  className="justify-self-start max-sm:col-start-2"
                >
                  {action}
                </LinkButton>
              )}
            </li>
          );
        })}
      </ol>
      <p className="pt-4 text-ink-soft">
        {done.campaigns ? 'A campaign is there: open it and launch it. ' : ''}
        From the first launch on, this page shows what is under way and what needs you.
      </p>
    </section>
  );
}
