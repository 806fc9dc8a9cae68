'use client';

import { Monitor, Moon, Sun } from 'lucide-react';
import { useTheme } from 'next-themes';
import { useSyncExternalStore } from 'react';
import { Segmented } from '@/components/ui/segmented';

const SCHEMES = [
  { value: 'light', label: <Sun />, name: 'Light' },
  { value: 'system', label: <Monitor />, name: 'As the system' },
  { value: 'dark', label: <Moon />, name: 'Dark' },
] as const;

type Scheme = (typeof SCHEMES)[number]['value'];

const never = () => () => {};

export function ThemeSwitch({ className }: { className?: string }) {
  const { theme, setTheme } = useTheme();
  const known = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  const value: Scheme = known && (theme === 'light' || theme === 'dark') ? theme : 'system';
  return (
    <Segmented<Scheme>
      label="Colour scheme"
      value={value}
      onChange={setTheme}
      options={[...SCHEMES]}
      className={className}
    />
  );
}
