'use client';

import { useState } from 'react';
import { Confirm } from '@/components/ui/alert-dialog';
import { Button } from '@/components/ui/button';
import { CheckboxBox } from '@/components/ui/checkbox';
import { TextLink } from '@/components/ui/link-button';
import { counted, formatNumber } from '@/components/ui/number';
import { Section } from '@/components/ui/section';
import { runCounts } from '@/lib/domain/run-words';
import { decide } from './actions';
import { DoubtRow } from './doubt-row';
import type { RunPart } from './run-live';
import { attemptAct } from './use-act';

type Decision = 'treat_as_sent' | 'send_again';

/** What nobody can know for sure, with the evidence there is, and the two ways to settle it by hand. */
export function DoubtsSection({ run, progress, details, rights, refresh }: RunPart) {
  const { items } = details.doubts;
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const [asked, setAsked] = useState<Decision | null>(null);
  const total = runCounts(progress).in_doubt;
  if (items.length === 0) return null;
  const chosen = items.filter(({ id }) => picked.has(id)).map(({ id }) => id);
  const n = chosen.length;

  function toggle(id: string, on: boolean) {
    const next = new Set(picked);
    if (on) next.add(id);
    else next.delete(id);
    setPicked(next);
  }

  function settle(decision: Decision) {
    return async () => {
      const refusal = await attemptAct(
        () => decide({ runId: run.id, deliveryIds: chosen, decision }),
        ({ decided }) =>
          decision === 'treat_as_sent'
            ? `${counted(decided, 'is', 'are')} treated as sent.`
            : `${counted(decided, 'is', 'are')} sent again.`,
      );
      if (!refusal) setPicked(new Set());
      await refresh();
      return refusal;
    };
  }

  return (
    <Section
      id="doubt"
      title={`${formatNumber(total)} in doubt`}
      description="The provider may or may not have these. Waybill does not guess: sending again could reach somebody twice, leaving it could reach nobody."
      actions={
        rights.control && (
          <>
            <Button size="sm" disabled={n === 0} onClick={() => setAsked('treat_as_sent')}>
              Treat {n === 0 ? '' : `${formatNumber(n)} `}as sent
            </Button>
            <Button size="sm" variant="dangerQuiet" disabled={n === 0} onClick={() => setAsked('send_again')}>
              Send {n === 0 ? '' : `${formatNumber(n)} `}again
            </Button>
          </>
        )
      }
    >
      {rights.control && (
        <div className="flex items-center gap-3 border-ink border-t py-2 text-ink-soft text-xs">
          <CheckboxBox
            aria-label={`Choose all ${items.length} shown`}
            checked={n === items.length ? true : n > 0 ? 'indeterminate' : false}
            onCheckedChange={(on) => setPicked(new Set(on === true ? items.map(({ id }) => id) : []))}
          />
          {n === 0 ? 'Choose what to decide about.' : `${formatNumber(n)} chosen`}
        </div>
      )}
      <ul className="divide-y divide-rule border-rule border-y">
        {items.map((doubt) => (
          <DoubtRow
            key={doubt.id}
            doubt={doubt}
            stepName={progress.steps.length > 1 ? run.outline[doubt.step]?.name : undefined}
            picked={picked.has(doubt.id)}
            onPick={rights.control ? (on) => toggle(doubt.id, on) : undefined}
          />
        ))}
      </ul>
      {details.doubts.nextCursor && (
        <p className="pt-3 text-ink-soft">
          The first {items.length} are shown; decide about these, and the next ones follow.{' '}
          <TextLink href={`/runs/${run.id}/deliveries?step=${items[0]?.step ?? 0}&state=in_doubt`}>
            See all {formatNumber(total)}
          </TextLink>
        </p>
      )}
      <Confirm
        open={asked === 'treat_as_sent'}
        onOpenChange={(open) => !open && setAsked(null)}
        title={`Treat ${counted(n, 'message', 'messages')} as sent?`}
        action={`Treat ${formatNumber(n)} as sent`}
        onConfirm={settle('treat_as_sent')}
      >
        <p>
          They count as accepted, marked as assumed by you, and their contacts go on to the next step. Nothing is sent.
        </p>
      </Confirm>
      <Confirm
        danger
        open={asked === 'send_again'}
        onOpenChange={(open) => !open && setAsked(null)}
        title={`Send ${counted(n, 'message', 'messages')} again?`}
        action={`Send ${formatNumber(n)} again`}
        typed="send again"
        onConfirm={settle('send_again')}
      >
        <p>
          If the provider did take {n === 1 ? 'it' : 'them'} the first time, {counted(n, 'person gets', 'people get')}{' '}
          the same message twice. This is written into the audit log one by one.
        </p>
      </Confirm>
    </Section>
  );
}
