'use client';

import { Download, Undo2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { ImportNumbers } from '@/components/imports/import-numbers';
import { ImportProgress } from '@/components/imports/import-progress';
import { type ImportState, isUnderWay } from '@/components/imports/import-state';
import { useImport } from '@/components/imports/use-import';
import { Confirm } from '@/components/ui/alert-dialog';
import { answerOf } from '@/components/ui/answer-of';
import { Button } from '@/components/ui/button';
import { buttonStyle } from '@/components/ui/button-style';
import { LinkButton } from '@/components/ui/link-button';
import { Notice } from '@/components/ui/notice';
import { counted, formatNumber } from '@/components/ui/number';
import { RelativeTime } from '@/components/ui/relative-time';
import { toast } from '@/components/ui/toast';
import { cancel, undo } from '../../import/actions';

interface ImportLiveProps {
  first: ImportState;
  /** People whom its updated rows are about, as far as they were there before. */
  changed: number;
  canWrite: boolean;
  canExport: boolean;
}

const OVER = {
  failed: 'The import ended before the end of the file',
  cancelled: 'The import was stopped',
  undone: 'The import was undone',
} as const;

/** The numbers of an import while it runs and after, and what can still be done with it. */
export function ImportLive({ first, changed, canWrite, canExport }: ImportLiveProps) {
  const router = useRouter();
  const { state, isLost } = useImport(first);
  const underWay = isUnderWay(state);
  const wasUnderWay = useRef(isUnderWay(first));

  useEffect(() => {
    if (wasUnderWay.current && !underWay) router.refresh();
    wasUnderWay.current = underWay;
  }, [underWay, router]);

  const shown = underWay ? state : { ...state, status: first.status === 'undone' ? 'undone' : state.status };
  const word = shown.status in OVER ? OVER[shown.status as keyof typeof OVER] : undefined;
  const base = `/contacts/imports/${state.id}`;
  const isThere = !state.dryRun && shown.status !== 'undone';
  return (
    <div className="flex flex-col gap-6">
      {underWay && <ImportProgress state={state} isLost={isLost} />}
      {word && (
        <Notice tone={shown.status === 'failed' ? 'failed' : 'info'} title={word}>
          {first.statusReason ?? state.statusReason}
        </Notice>
      )}
      <ImportNumbers
        counts={state.counts}
        {...(isThere && !underWay && { changed })}
        hrefs={{
          ...(isThere && {
            new: `/contacts?import=${state.id}`,
            updated: `/contacts?import=${state.id}&change=updated`,
          }),
          rejected: `${base}?severity=rejected`,
          noted: `${base}?severity=note`,
          repeated: `${base}?severity=note&code=repeated_in_file`,
        }}
      />
      <div className="flex flex-wrap items-center gap-2">
        {state.counts.rejected > 0 && canExport && !underWay && (
          <a href={`/api/v1/imports/${state.id}/rejected.csv`} download="rejected.csv" className={buttonStyle()}>
            <Download /> rejected.csv
          </a>
        )}
        {canWrite && underWay && <CancelButton state={state} />}
        {canWrite && state.dryRun && state.status === 'completed' && (
          <LinkButton variant="primary" href={`/contacts/import/${state.uploadId}/check/${state.id}`}>
            Go on with this file
          </LinkButton>
        )}
        {isThere && !underWay && state.counts.new > 0 && (
          <LinkButton href={`/contacts?import=${state.id}`}>See the {formatNumber(state.counts.new)} new</LinkButton>
        )}
        {canWrite && isThere && !underWay && <UndoButton state={state} onDone={() => router.refresh()} />}
      </div>
    </div>
  );
}

function CancelButton({ state }: { state: ImportState }) {
  const router = useRouter();
  async function confirm(): Promise<string | undefined> {
    const result = await answerOf(cancel(state.id));
    if (!result.ok) return result.error.message;
    router.refresh();
  }
  return (
    <Confirm
      title="Stop this import?"
      action="Stop"
      keep="Let it go on"
      onConfirm={confirm}
      trigger={<Button>Stop</Button>}
    >
      <p>
        {state.dryRun
          ? 'Nothing was written.'
          : `${counted(state.counts.rows, 'row that is in stays', 'rows that are in stay')}, and can be undone for 7 days.`}
      </p>
    </Confirm>
  );
}

function UndoButton({ state, onDone }: { state: ImportState; onDone: () => void }) {
  const { undoUntil, counts } = state;
  if (!undoUntil || counts.new + counts.updated === 0) return null;

  async function confirm(): Promise<string | undefined> {
    const result = await answerOf(undo(state.id));
    if (!result.ok) return result.error.message;
    const { removed, restored, kept } = result.data;
    const rest = kept > 0 ? ` ${formatNumber(kept)} stay: they were changed or used since.` : '';
    toast.done(`${formatNumber(removed)} removed, ${formatNumber(restored)} as before.${rest}`);
    onDone();
  }

  return (
    <>
      <Confirm
        danger
        title="Undo this import?"
        action={`Undo ${formatNumber(counts.new + counts.updated)}`}
        onConfirm={confirm}
        trigger={
          <Button variant="dangerQuiet">
            <Undo2 /> Undo
          </Button>
        }
      >
        <p>
          {formatNumber(counts.new)} {counts.new === 1 ? 'contact is' : 'contacts are'} removed and{' '}
          {formatNumber(counts.updated)} become as they were before.
        </p>
        <p>Whoever was changed since, got a message or expressed a wish stays as they are now.</p>
      </Confirm>
      <span className="text-ink-faint text-xs">
        Possible until <RelativeTime at={undoUntil} show="exact" />
      </span>
    </>
  );
}
