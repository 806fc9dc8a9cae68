import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { useEffect, useRef, useTransition } from 'react';

/** The choice that stands for none; it is left out of the address. */
export const ALL = 'all' as const;
const TYPING_PAUSE_MS = 250;

type Change = Record<string, string | undefined>;

/**
 * What a list is narrowed to, kept in the address, so that a view can be linked to and comes back with “back”. Changes add
 * up, also while the page of an earlier one is on its way; each leads to the first page.
 */
export function useAddressFilter() {
  const router = useRouter();
  const pathname = usePathname();
  const address = useSearchParams().toString();
  const [pending, startTransition] = useTransition();
  const wanted = useRef(address);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    if (!pending) wanted.current = address;
  }, [address, pending]);
  useEffect(() => () => clearTimeout(timer.current), []);

  function choose(change: Change) {
    const next = new URLSearchParams(wanted.current);
    next.delete('cursor');
    for (const [key, value] of Object.entries(change)) {
      if (value && value !== ALL) next.set(key, value);
      else next.delete(key);
    }
    wanted.current = next.toString();
    startTransition(() => router.replace(`${pathname}?${next}`, { scroll: false }));
  }

  /** Once nothing more was typed for a moment. */
  function chooseSoon(change: Change) {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => choose(change), TYPING_PAUSE_MS);
  }

  return { pending, choose, chooseSoon };
}
