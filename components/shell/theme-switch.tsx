'use client';

import { Monitor, Moon, Sun } from 'lucide-react';
import { useTheme } from 'next-themes';
import { useSyncExternalStore } from 'react';
import { Segmented } from '@/components/ui/segmented';

export const SCHEMES = [
  { value: 'light', name: 'Light', icon: Sun },
  { value: 'dark', name: 'Dark', icon: Moon },
  { value: 'system', name: 'As the system', icon: Monitor },
] as const;

type Scheme = (typeof SCHEMES)[number]['value'];

const never = () => () => {};

/** The chosen scheme; the server knows none and draws `system`. */
export function useScheme(): [Scheme, (scheme: string) => void] {
  const { theme, setTheme } = useTheme();
  const known = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  return [known && (theme === 'light' || theme === 'dark') ? theme : 'system', setTheme];
}

/** For pages without a user menu: sign-in, the public pages. */
export function ThemeSwitch({ className }: { className?: string }) {
  const [scheme, setScheme] = useScheme();
  return (
    <Segmented<Scheme>
      label="Colour scheme"
      value={scheme}
      onChange={setScheme}
      options={SCHEMES.map(({ value, name, icon: Icon }) => ({ value, name, label: <Icon /> }))}
      className={className}
    />
  );
}
