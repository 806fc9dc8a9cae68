'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useRef, useState, useTransition } from 'react';
import { ImportNumbers } from '@/components/imports/import-numbers';
import { ImportProgress } from '@/components/imports/import-progress';
import { type ImportState, isUnderWay, wouldWrite } from '@/components/imports/import-state';
import { useImport } from '@/components/imports/use-import';
import { answerOf } from '@/components/ui/answer-of';
import { Button } from '@/components/ui/button';
import { LinkButton } from '@/components/ui/link-button';
import { Notice } from '@/components/ui/notice';
import { formatNumber } from '@/components/ui/number';
import { Section } from '@/components/ui/section';
import { cancel, importChecked } from '../../../actions';

/** Third step: what would happen, before anything is written; one button makes it happen. */
export function CheckResult({ first, backHref }: { first: ImportState; backHref: string }) {
  const router = useRouter();
  const { state, isLost } = useImport(first);
  const [problem, setProblem] = useState<string>();
  const [pending, startTransition] = useTransition();
  const wasUnderWay = useRef(isUnderWay(first));
  const underWay = isUnderWay(state);

  useEffect(() => {
    if (wasUnderWay.current && !underWay) router.refresh();
    wasUnderWay.current = underWay;
  }, [underWay, router]);

  function goOn() {
    startTransition(async () => {
      const result = await answerOf(importChecked(state.id));
      if (result.ok) router.push(`/contacts/imports/${result.data.id}`);
      else setProblem(result.error.message);
    });
  }

  function stop() {
    startTransition(async () => {
      const result = await answerOf(cancel(state.id));
      if (result.ok) router.push(backHref);
      else setProblem(result.error.message);
    });
  }

  if (underWay) {
    return (
      <div className="flex max-w-2xl flex-col gap-6">
        <ImportProgress state={state} isLost={isLost} />
        <ImportNumbers counts={state.counts} />
        <Button className="self-start" pending={pending} onClick={stop}>
          Stop and change the columns
        </Button>
      </div>
    );
  }
  if (state.status !== 'completed') {
    return (
      <Notice
        tone="failed"
        title={state.status === 'failed' ? 'The file could not be checked to its end' : 'The check was stopped'}
        actions={<LinkButton href={backHref}>Back to the columns</LinkButton>}
      >
        {state.statusReason ?? 'Nothing was written.'}
      </Notice>
    );
  }
  const writes = wouldWrite(state);
  return (
    <Section title="What would happen" description="Nothing is written yet.">
      <div className="flex flex-col gap-8">
        <ImportNumbers
          counts={state.counts}
          hrefs={{
            rejected: `/contacts/imports/${state.id}?severity=rejected`,
            noted: `/contacts/imports/${state.id}?severity=note`,
          }}
        />
        {problem && <Notice tone="failed" title={problem} live />}
        <div className="flex flex-wrap items-center justify-between gap-4 border-ink border-t pt-6">
          <LinkButton href={backHref}>Back to the columns</LinkButton>
          <span className="flex flex-wrap items-center gap-4">
            <span className="text-ink-soft">Can be undone for 7 days.</span>
            <Button
              variant="primary"
              size="lg"
              pending={pending}
              disabled={state.counts.rows === state.counts.rejected}
              onClick={goOn}
            >
              {writes === 0
                ? 'Import'
                : `${state.counts.new > 0 ? 'Import' : 'Update'} ${formatNumber(writes)} ${writes === 1 ? 'contact' : 'contacts'}`}
            </Button>
          </span>
        </div>
      </div>
    </Section>
  );
}
