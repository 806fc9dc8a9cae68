import type { ReactNode } from 'react';
import { rowsHref } from '@/components/runs/rows-href';
import { TextLink } from '@/components/ui/link-button';
import { formatNumber } from '@/components/ui/number';
import { explainCause } from '@/lib/domain/error-words';
import { FACT_LABELS, type Fact } from '@/lib/domain/outcome';
import { STRIP_SEGMENTS, type StripKey } from '@/lib/domain/strip';

export interface RowsAddress {
  step: number;
  state?: StripKey | undefined;
  cause?: string | undefined;
  fact?: Fact | undefined;
  wave?: number | undefined;
  domain?: string | undefined;
  link?: number | undefined;
  openedBy?: keyof typeof OPENERS | undefined;
}

const OPENERS = {
  people: 'whose message people opened',
  machines: 'whose message only machines opened',
  unknown: 'whose message was opened, nobody can tell by whom',
};

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** `in wave 3, at gmail.com`: which part of the people is meant, if it is one. */
function partWords({ wave, domain, link, openedBy }: RowsAddress): string | undefined {
  const words = [
    ...(openedBy === undefined ? [] : [OPENERS[openedBy]]),
    ...(link === undefined ? [] : [`who clicked link ${formatNumber(link + 1)} of the message`]),
    ...(wave === undefined ? [] : [`in wave ${formatNumber(wave)}`]),
    ...(domain === undefined ? [] : [domain === 'unknown' ? 'without an email address' : `at ${domain}`]),
  ];
  return words.length > 0 ? words.join(', ') : undefined;
}

/** What the rows of an address are: a title, and a sentence with the way to more of them. */
export function rowsHeading(runId: string, of: RowsAddress): { title: string; words: ReactNode } {
  const { step, state, cause, fact } = of;
  const segment = STRIP_SEGMENTS.find(({ key }) => key === state);
  const part = partWords(of);
  const what = fact ? FACT_LABELS[fact] : segment ? segment.label : part ? 'People' : 'Everybody in the audience';
  const title = part ? `${what} ${part}` : what;
  const known = { step, ...(state && { state }) };
  if (fact) {
    return {
      title,
      words: (
        <>
          Messages of this step of which this is known.{' '}
          <TextLink href={rowsHref(runId, { step })}>Show everybody</TextLink>
        </>
      ),
    };
  }
  if (cause) {
    const { what: why } = explainCause(state === 'waiting' ? 'queued' : (state ?? 'failed'), cause);
    const href = rowsHref(runId, { ...of, state: state ?? 'failed', cause: undefined });
    return {
      title,
      words: (
        <>
          {capital(why)}. <TextLink href={href}>Show every cause</TextLink>
        </>
      ),
    };
  }
  const meaning = segment?.meaning ?? 'Each person at one step of the run.';
  if (!part) return { title, words: meaning };
  return {
    title,
    words: (
      <>
        {meaning} <TextLink href={rowsHref(runId, known)}>Show the whole run</TextLink>
      </>
    ),
  };
}
