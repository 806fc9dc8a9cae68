'use client';

import { createContext, type ReactNode, useContext, useSyncExternalStore } from 'react';

interface Zone {
  /** IANA name of the workspace's zone; also what the server renders in. */
  workspaceZone: string;
  locale: string;
  /** When the server drew the page, so that the first paint can already say how long ago. */
  renderedAtMs?: number;
}

const ZoneContext = createContext<Zone>({ workspaceZone: 'UTC', locale: 'en' });

/** Tells everything below which zone the workspace lives in. */
export function ZoneProvider({
  workspaceZone = 'UTC',
  locale = 'en',
  renderedAtMs,
  children,
}: Partial<Zone> & { children: ReactNode }) {
  return <ZoneContext value={{ workspaceZone, locale, renderedAtMs }}>{children}</ZoneContext>;
}

const TICK_MS = 10_000;
let nowMs = 0;
let timer: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    nowMs = Date.now();
    for (const each of listeners) each();
  }, TICK_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}

function clientNow(): number {
  if (nowMs === 0 || timer === undefined) nowMs = Math.floor(Date.now() / TICK_MS) * TICK_MS;
  return nowMs;
}

/** The time, shared by the page and moving every ten seconds; undefined on a server that did not say when it drew. */
export function useNow(): number | undefined {
  const { renderedAtMs } = useContext(ZoneContext);
  return useSyncExternalStore<number | undefined>(subscribe, clientNow, () => renderedAtMs);
}

const never = () => () => {};
const browserZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

export function useZone(): Zone & { viewerZone: string } {
  const zone = useContext(ZoneContext);
  const viewerZone = useSyncExternalStore(never, browserZone, () => zone.workspaceZone);
  return { ...zone, viewerZone };
}
