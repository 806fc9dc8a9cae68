'use client';

import { ThemeProvider } from 'next-themes';
import type { ReactNode } from 'react';
import { ToastPlace } from '@/components/ui/toast';

/** What every page stands in: colour scheme, toasts. `nonce` lets the scheme's inline script pass a CSP. */
export function Providers({ children, nonce }: { children: ReactNode; nonce?: string }) {
  return (
    <ThemeProvider attribute="class" defaultTheme="system" enableSystem disableTransitionOnChange nonce={nonce}>
      {children}
      <ToastPlace />
    </ThemeProvider>
  );
}
