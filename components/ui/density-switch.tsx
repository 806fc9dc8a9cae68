'use client';

import { Rows3, Rows4 } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { DENSITY_COOKIE, type Density } from './density';
import { Segmented } from './segmented';

const CHANGE_EVENT = 'waybill:density';

function subscribe(listener: () => void): () => void {
  window.addEventListener(CHANGE_EVENT, listener);
  return () => window.removeEventListener(CHANGE_EVENT, listener);
}

function current(): Density {
  return document.querySelector<HTMLElement>('[data-density]')?.dataset.density === 'compact'
    ? 'compact'
    : 'comfortable';
}

/** Row height of every table under a `data-density`; remembered in a cookie. */
export function DensitySwitch() {
  const density = useSyncExternalStore<Density>(subscribe, current, () => 'comfortable');

  function choose(next: Density) {
    for (const root of document.querySelectorAll<HTMLElement>('[data-density]')) root.dataset.density = next;
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in Firefox and Safari
    document.cookie = `${DENSITY_COOKIE}=${next}; path=/; max-age=31536000; samesite=lax`;
    window.dispatchEvent(new Event(CHANGE_EVENT));
  }

  return (
    <Segmented
      label="Row height"
      value={density}
      onChange={choose}
      className="max-lg:hidden"
      options={[
        { value: 'comfortable', label: <Rows3 />, name: 'Comfortable rows' },
        { value: 'compact', label: <Rows4 />, name: 'Compact rows' },
      ]}
    />
  );
}
