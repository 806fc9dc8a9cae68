'use client';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';

function wayAt(event: Event): HTMLAnchorElement | null {
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  if (link?.dataset.way === undefined || link.target || link.hasAttribute('download')) return null;
  return link.origin === location.origin && !link.pathname.startsWith('/api/') ? link : null;
}

/** Follows every `Link` inside the application and fetches ahead what the pointer rests on; once per page. */
export function LinkNavigation() {
  const router = useRouter();
  useEffect(() => {
    const addressOf = ({ pathname, search, hash }: HTMLAnchorElement) => `${pathname}${search}${hash}`;
    function follow(event: MouseEvent) {
      const isPlain = event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
      const link = event.defaultPrevented || !isPlain ? null : wayAt(event);
      if (!link || link.getAttribute('href')?.startsWith('#')) return;
      event.preventDefault();
      router.push(addressOf(link), { scroll: link.dataset.way !== 'stay' });
    }
    function ahead(event: Event) {
      const link = wayAt(event);
      if (link) router.prefetch(addressOf(link));
    }
    // the window comes after React's own handlers, which may have prevented it
    window.addEventListener('click', follow);
    window.addEventListener('pointerover', ahead, { passive: true });
    return () => {
      window.removeEventListener('click', follow);
      window.removeEventListener('pointerover', ahead);
    };
  }, [router]);
  return null;
}
