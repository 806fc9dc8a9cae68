'use client';

import { lazy, Suspense, useSyncExternalStore } from 'react';
import { later } from './later';

const Host = lazy(later(async () => ({ default: (await import('./toast-host')).ToastHost })));
const loadSonner = later(() => import('sonner'));

let isWanted = false;
const listeners = new Set<() => void>();
let onReady: () => void = () => undefined;
const ready = new Promise<void>((resolve) => {
  onReady = resolve;
});

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Holds the place of the toasts. Most pages never say anything, and load nothing for it. */
export function ToastPlace() {
  const wanted = useSyncExternalStore(
    subscribe,
    () => isWanted,
    () => false,
  );
  return (
    wanted && (
      <Suspense>
        <Host onReady={onReady} />
      </Suspense>
    )
  );
}

type Sonner = typeof import('sonner')['toast'];

function say(work: (sonner: Sonner) => unknown): void {
  isWanted = true;
  for (const listener of listeners) listener();
  void Promise.all([loadSonner(), ready]).then(([{ toast: sonner }]) => work(sonner));
}

interface ToastOptions {
  description?: string;
  action?: { label: string; onClick: () => void };
  id?: string;
}

/** Says in one line what has just happened. Anything a person must still act on belongs on the page, not here. */
export const toast = {
  done: (message: string, options?: ToastOptions) => say((sonner) => sonner.success(message, options)),
  failed: (message: string, options?: ToastOptions) =>
    say((sonner) => sonner.error(message, { duration: 12_000, ...options })),
  warn: (message: string, options?: ToastOptions) =>
    say((sonner) => sonner.warning(message, { duration: 12_000, ...options })),
  note: (message: string, options?: ToastOptions) => say((sonner) => sonner.info(message, options)),
  working: (message: string, options?: ToastOptions) =>
    say((sonner) => sonner.loading(message, { duration: Number.POSITIVE_INFINITY, ...options })),
  dismiss: (id: string) => say((sonner) => sonner.dismiss(id)),
};
