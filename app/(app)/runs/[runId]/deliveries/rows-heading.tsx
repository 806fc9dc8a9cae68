import type { ReactNode } from 'react';
import { TextLink } from '@/components/ui/link-button';
import { explainCause } from '@/lib/domain/error-words';
import { FACT_LABELS, type Fact } from '@/lib/domain/outcome';
import { STRIP_SEGMENTS, type StripKey } from '@/lib/domain/strip';

export interface RowsAddress {
  step: number;
  state: StripKey | undefined;
  cause: string | undefined;
  fact: Fact | undefined;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** What the rows of an address are: a title and a sentence. */
export function rowsHeading(
  base: string,
  { step, state, cause, fact }: RowsAddress,
): { title: string; words: ReactNode } {
  const segment = STRIP_SEGMENTS.find(({ key }) => key === state);
  if (fact) {
    return {
      title: FACT_LABELS[fact],
      words: (
        <>
          Messages of this step of which this is known.{' '}
          <TextLink href={`${base}?step=${step}`}>Show everybody</TextLink>
        </>
      ),
    };
  }
  const title = segment ? segment.label : 'Everybody in the audience';
  if (!cause) return { title, words: segment?.meaning ?? 'Each person at one step of the run.' };
  const { what } = explainCause(state === 'waiting' ? 'queued' : (state ?? 'failed'), cause);
  return {
    title,
    words: (
      <>
        {capital(what)}. <TextLink href={`${base}?step=${step}&state=${state ?? 'failed'}`}>Show every cause</TextLink>
      </>
    ),
  };
}
