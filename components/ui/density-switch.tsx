'use client';

import { Rows3, Rows4 } from 'lucide-react';
import { useState } from 'react';
import { Segmented } from './segmented';

export type Density = 'comfortable' | 'compact';
export const DENSITY_COOKIE = 'waybill-density';

/** Row height of every table under the nearest `data-density`; remembered in a cookie so the server draws it right. */
export function DensitySwitch({ initial = 'comfortable' }: { initial?: Density }) {
  const [density, setDensity] = useState<Density>(initial);

  function choose(next: Density) {
    setDensity(next);
    for (const root of document.querySelectorAll<HTMLElement>('[data-density]')) root.dataset.density = next;
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in Firefox and Safari
    document.cookie = `${DENSITY_COOKIE}=${next}; path=/; max-age=31536000; samesite=lax`;
  }

  return (
    <Segmented
      label="Row height"
      value={density}
      onChange={choose}
      className="max-md:hidden"
      options={[
        { value: 'comfortable', label: <Rows3 />, name: 'Comfortable rows' },
        { value: 'compact', label: <Rows4 />, name: 'Compact rows' },
      ]}
    />
  );
}
