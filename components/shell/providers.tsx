'use client';

import { ThemeProvider } from 'next-themes';
import { Tooltip } from 'radix-ui';
import type { ReactNode } from 'react';
import { ToastHost } from '@/components/ui/toast';

/** What every page stands in: colour scheme, tooltips, toasts. `nonce` lets the scheme's inline script pass a CSP. */
export function Providers({ children, nonce }: { children: ReactNode; nonce?: string }) {
  return (
    <ThemeProvider attribute="class" defaultTheme="system" enableSystem disableTransitionOnChange nonce={nonce}>
      <Tooltip.Provider delayDuration={250} skipDelayDuration={400}>
        {children}
      </Tooltip.Provider>
      <ToastHost />
    </ThemeProvider>
  );
}
