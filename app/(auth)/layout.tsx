import type { ReactNode } from 'react';
import { Logo } from '@/components/shell/logo';
import { ThemeSwitch } from '@/components/shell/theme-switch';
import { ExampleSheet } from './example-sheet';

export default function AuthLayout({ children }: { children: ReactNode }) {
  return (
    <div className="grid min-h-dvh lg:grid-cols-[minmax(0,1fr)_minmax(0,1.1fr)]">
      <div className="flex min-w-0 flex-col px-6 py-6 sm:px-10">
        <header className="flex items-center justify-between">
          <Logo />
          <ThemeSwitch />
        </header>
        <main
          id="main"
          tabIndex={-1}
          className="mx-auto flex w-full max-w-sm grow flex-col justify-center py-12 focus:outline-none"
        >
          {children}
        </main>
        <footer className="text-ink-faint text-xs">
          Campaign dispatch that accounts for every contact of every run.
        </footer>
      </div>
      <ExampleSheet />
    </div>
  );
}
