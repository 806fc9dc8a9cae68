'use client';

import { useRouter } from 'next/navigation';
import { type ReactNode, useEffect, useState } from 'react';
import { Confirm } from './alert-dialog';

/** The place inside the dashboard that a click would go to; null when the click stays here or opens elsewhere. */
function targetOf(event: MouseEvent): string | null {
  if (event.defaultPrevented || event.button !== 0) return null;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return null;
  const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
  if (!(link instanceof HTMLAnchorElement) || link.target === '_blank' || link.hasAttribute('download')) return null;
  const to = new URL(link.href);
  const { origin, pathname, search } = window.location;
  if (to.origin !== origin || (to.pathname === pathname && to.search === search)) return null;
  return to.pathname + to.search + to.hash;
}

/** Asks before what was made and not saved is left behind, by a link or by closing the page. Returns the question. */
export function useLeaveGuard(isDirty: boolean, what: string): ReactNode {
  const router = useRouter();
  const [wanted, setWanted] = useState<string | null>(null);

  useEffect(() => {
    if (!isDirty) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    const ask = (event: MouseEvent) => {
      const target = targetOf(event);
      if (target === null) return;
      event.preventDefault();
      event.stopPropagation();
      setWanted(target);
    };
    window.addEventListener('beforeunload', warn);
    // before the link itself hears of the click
    window.addEventListener('click', ask, true);
    return () => {
      window.removeEventListener('beforeunload', warn);
      window.removeEventListener('click', ask, true);
    };
  }, [isDirty]);

  return (
    <Confirm
      open={wanted !== null}
      onOpenChange={(open) => !open && setWanted(null)}
      title={`Leave without saving ${what}?`}
      action="Leave it unsaved"
      keep="Stay here"
      onConfirm={async () => {
        if (wanted !== null) router.push(wanted);
        return undefined;
      }}
    >
      <p>What you made here and did not save is gone then.</p>
    </Confirm>
  );
}
