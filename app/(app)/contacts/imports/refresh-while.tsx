'use client';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { isReachable } from '@/components/shell/is-reachable';

const EVERY_MS = 3_000;

/** Draws the page again every few seconds while something on it is under way. */
export function RefreshWhile({ active }: { active: boolean }) {
  const router = useRouter();
  useEffect(() => {
    if (!active) return;
    const timer = setInterval(async () => {
      if (document.visibilityState === 'visible' && (await isReachable())) router.refresh();
    }, EVERY_MS);
    return () => clearInterval(timer);
  }, [active, router]);
  return null;
}
