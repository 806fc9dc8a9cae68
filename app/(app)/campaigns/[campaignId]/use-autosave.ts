'use client';

import { useEffect, useState, useSyncExternalStore } from 'react';
import { Refused, readJson, sendJson } from '@/components/shell/read-json';
import { campaignDraftSchema } from '@/lib/domain/campaign';
import { Autosaver, type Edited, type Saved, type SaveState } from './autosaver';

function unfinished({ name, draft }: Edited): string | null {
  if (name.trim() === '') return 'Give the campaign a name.';
  const nameless = draft.flow.findIndex((step) => step.name.trim() === '');
  if (nameless >= 0) return `Give step ${nameless + 1} a name.`;
  const parsed = campaignDraftSchema.safeParse(draft);
  return parsed.success ? null : (parsed.error.issues[0]?.message ?? 'Something is not complete.');
}

// browsers refuse a request that outlives its page when it is larger than 64 KiB; letters may take several bytes
const KEEPALIVE_BYTES = 15_000;

const placeOf = (campaignId: string) => `waybill-unsaved-${campaignId}`;

/** A browser that stores nothing, or is full, only loses the second safety: the page itself still holds everything. */
function keepIn(key: string, unsaved: unknown): void {
  try {
    if (unsaved === null) window.localStorage.removeItem(key);
    else window.localStorage.setItem(key, JSON.stringify(unsaved));
  } catch (error) {
    console.warn('Unsaved changes could not be kept in this browser.', error);
  }
}

function keptIn(key: string): { edited: Edited; revision: number } | null {
  try {
    const kept = JSON.parse(window.localStorage.getItem(key) ?? 'null');
    const draft = campaignDraftSchema.safeParse(kept?.edited?.draft);
    if (!draft.success || typeof kept.edited.name !== 'string' || typeof kept.revision !== 'number') return null;
    return { edited: { name: kept.edited.name, draft: draft.data }, revision: kept.revision };
  } catch (error) {
    console.warn('What was kept in this browser cannot be read.', error);
    return null;
  }
}

function makeAutosaver(campaignId: string, initial: Saved): Autosaver {
  const url = `/api/v1/campaigns/${campaignId}`;
  return new Autosaver(initial, {
    unfinished,
    send: async (edited, revision) => {
      try {
        const body = { revision, name: edited.name.trim(), draft: edited.draft };
        const keepalive = JSON.stringify(body).length < KEEPALIVE_BYTES;
        return await sendJson<{ revision: number }>(url, body, { method: 'PATCH', keepalive });
      } catch (error) {
        if (error instanceof Refused) return { status: error.status, message: error.message };
        return { status: 0, message: String(error) };
      }
    },
    load: () => readJson<Saved>(url).catch(() => null),
    keep: (unsaved) => keepIn(placeOf(campaignId), unsaved),
    later: (work, delayMs) => {
      const timer = setTimeout(work, delayMs);
      return () => clearTimeout(timer);
    },
  });
}

interface Autosave {
  state: SaveState;
  saver: Autosaver;
}

/**
 * The saver of one campaign while its page is open. `onRecovered` is given what an earlier page could
 * not store.
 */
export function useAutosave(campaignId: string, initial: Saved, onRecovered: (edited: Edited) => void): Autosave {
  const [saver] = useState(() => makeAutosaver(campaignId, initial));
  const state = useSyncExternalStore(saver.subscribe, saver.current, saver.current);

  // biome-ignore lint/correctness/useExhaustiveDependencies: looked at once, when the page opens
  useEffect(() => {
    const kept = keptIn(placeOf(campaignId));
    if (!kept) return;
    const isSame =
      JSON.stringify(kept.edited.draft) === JSON.stringify(initial.draft) && kept.edited.name === initial.name;
    if (isSame) return keepIn(placeOf(campaignId), null);
    saver.recover(kept.edited, kept.revision);
    onRecovered(kept.edited);
  }, []);

  useEffect(() => {
    const again = () => void (saver.isDirty && saver.save());
    const warn = (event: BeforeUnloadEvent) => {
      if (saver.isDirty) event.preventDefault();
    };
    window.addEventListener('online', again);
    window.addEventListener('beforeunload', warn);
    return () => {
      window.removeEventListener('online', again);
      window.removeEventListener('beforeunload', warn);
      saver.stop();
    };
  }, [saver]);

  return { state, saver };
}
