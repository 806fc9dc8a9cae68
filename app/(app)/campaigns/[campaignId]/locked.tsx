'use client';

import type { ReactNode } from 'react';
import { useBuilder } from './builder-context';

/** Its controls can be read by everybody, and changed by whoever may change the campaign. */
export function Locked({ children }: { children: ReactNode }) {
  const { canEdit } = useBuilder();
  return (
    <fieldset disabled={!canEdit} className="contents">
      {children}
    </fieldset>
  );
}
