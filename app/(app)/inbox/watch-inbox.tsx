'use client';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { isReachable } from '@/components/shell/is-reachable';

const EVERY_MS = 4000;

/** Looks for new messages while somebody looks at the newest page. */
export function WatchInbox() {
  const router = useRouter();

  useEffect(() => {
    const timer = setInterval(async () => {
      if (document.visibilityState === 'visible' && (await isReachable())) router.refresh();
    }, EVERY_MS);
    return () => clearInterval(timer);
  }, [router]);

  return null;
}
