'use client';

import { Monitor, Moon, Sun } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { Segmented } from '@/components/ui/segmented';
import { chooseScheme, onSchemeChange, type Scheme, storedScheme } from './colour-scheme';

export const SCHEMES = [
  { value: 'light', name: 'Light', icon: Sun },
  { value: 'dark', name: 'Dark', icon: Moon },
  { value: 'system', name: 'As the system', icon: Monitor },
] as const;

/** The chosen scheme; the server knows none and draws `system`. */
export function useScheme(): Scheme {
  return useSyncExternalStore<Scheme>(onSchemeChange, storedScheme, () => 'system');
}

/** For pages without a user menu: sign-in, the public pages. */
export function ThemeSwitch({ className }: { className?: string }) {
  return (
    <Segmented<Scheme>
      label="Colour scheme"
      value={useScheme()}
      onChange={chooseScheme}
      options={SCHEMES.map(({ value, name, icon: Icon }) => ({ value, name, label: <Icon /> }))}
      className={className}
    />
  );
}
