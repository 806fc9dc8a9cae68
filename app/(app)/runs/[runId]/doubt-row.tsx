import { Address } from '@/components/ui/address';
import { CheckboxBox } from '@/components/ui/checkbox';
import { Code } from '@/components/ui/code';
import { TextLink } from '@/components/ui/link-button';
import { RelativeTime } from '@/components/ui/relative-time';
import { doubtHope } from '@/lib/domain/doubt-words';
import { causeCode, explainCause } from '@/lib/domain/error-words';
import type { Wire } from '@/lib/domain/wire';
import type { Doubt } from '@/lib/features/runs/list-doubts';

interface DoubtRowProps {
  doubt: Wire<Doubt>;
  stepName: string | undefined;
  picked: boolean;
  onPick: ((on: boolean) => void) | undefined;
}

/** One message in doubt: when it went out, what came back, what was heard since, and what may still settle it. */
export function DoubtRow({ doubt, stepName, picked, onPick }: DoubtRowProps) {
  const { what } = explainCause('in_doubt', doubt.cause);
  const who = doubt.name ?? doubt.address ?? doubt.contactId;
  return (
    <li className="flex gap-3 py-3">
      {onPick && (
        <CheckboxBox
          aria-label={`Choose ${who}`}
          className="mt-0.5"
          checked={picked}
          onCheckedChange={(on) => onPick(on === true)}
        />
      )}
      <div className="min-w-0 grow">
        <p className="flex flex-wrap items-baseline gap-x-3">
          <TextLink href={`/contacts/${doubt.contactId}`} className="font-medium">
            {who}
          </TextLink>
          {doubt.name && doubt.address && <Address value={doubt.address} className="text-ink-soft" />}
          {stepName && <span className="text-ink-faint">{stepName}</span>}
          {doubt.firstIntentAt && (
            <span className="ml-auto text-ink-faint max-sm:ml-0">
              handed over <RelativeTime at={doubt.firstIntentAt} />
            </span>
          )}
        </p>
        <p className="text-ink-soft">
          {what.charAt(0).toUpperCase() + what.slice(1)}. {doubtHope(doubt.provider?.kind ?? null)}
        </p>
        <details className="mt-1 text-xs">
          <summary className="w-fit rounded-xs text-ink-faint underline-offset-4 hover:text-ink hover:underline">
            Evidence
          </summary>
          <ul className="mt-1 flex flex-col gap-1 text-ink-soft">
            {doubt.provider && (
              <li>
                Through {doubt.provider.name}, delivery <Code>{doubt.id}</Code>
              </li>
            )}
            {doubt.attempts.map((attempt) => (
              <li key={attempt.n} className="[overflow-wrap:anywhere]">
                Attempt {attempt.n}: on the wire <RelativeTime at={attempt.intentAt} show="exact" />, {attempt.outcome}
                {attempt.code && (
                  <>
                    {' '}
                    <Code>{attempt.code}</Code>
                  </>
                )}{' '}
                {attempt.text}
              </li>
            ))}
            {doubt.attempts.length === 0 && (
              <li className="[overflow-wrap:anywhere]">
                <Code>{causeCode(doubt.cause)}</Code> {doubt.errorText}
              </li>
            )}
            {doubt.events.map((event) => (
              <li key={`${event.type}${event.at}`}>
                The provider reported “{event.type}” <RelativeTime at={event.at} show="exact" />
              </li>
            ))}
            {doubt.events.length === 0 && <li>The provider has reported nothing about it since.</li>}
          </ul>
        </details>
      </div>
    </li>
  );
}
