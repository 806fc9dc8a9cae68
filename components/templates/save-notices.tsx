'use client';

import { Button } from '@/components/ui/button';
import { useZone } from '@/components/ui/clock';
import { Notice } from '@/components/ui/notice';
import { exactTime } from '@/components/ui/time-words';
import type { LocalDraft } from './use-local-draft';
import type { SavingState } from './use-saving';

interface SaveNoticesProps {
  state: SavingState;
  draft: LocalDraft<unknown> | null;
  onTakeTheirs: () => void;
  onKeepMine: () => void;
  onTakeDraft: () => void;
  onDropDraft: () => void;
  pending: boolean;
}

/** What a person must decide before saving goes on. Nothing is lost either way: both can be undone or restored. */
export function SaveNotices(props: SaveNoticesProps) {
  const { state, draft, onTakeTheirs, onKeepMine, onTakeDraft, onDropDraft, pending } = props;
  const { viewerZone, locale } = useZone();
  if (draft) {
    return (
      <Notice
        tone="attention"
        live
        title={`This browser holds changes of ${exactTime(draft.atMs, viewerZone, locale)} that were never saved`}
        actions={
          <>
            <Button size="sm" onClick={onDropDraft}>
              Leave them out
            </Button>
            <Button size="sm" variant="primary" onClick={onTakeDraft}>
              Bring them back
            </Button>
          </>
        }
      >
        Bringing them back replaces what you see; undo takes that back.
      </Notice>
    );
  }
  if (state.status === 'conflict') {
    return (
      <Notice
        tone="attention"
        live
        title={state.message}
        actions={
          <>
            <Button size="sm" onClick={onTakeTheirs} pending={pending}>
              Show theirs
            </Button>
            <Button size="sm" variant="primary" onClick={onKeepMine} pending={pending}>
              Save mine over it
            </Button>
          </>
        }
      >
        “Show theirs” puts their version here; undo brings yours back. Whatever is saved over stays in the versions.
      </Notice>
    );
  }
  if (state.status === 'refused') {
    return (
      <Notice tone="failed" live title={state.message}>
        What you typed stays on this screen.
      </Notice>
    );
  }
  return null;
}
