import type { ReactNode } from 'react';
import { ToastPlace } from '@/components/ui/toast';
import { LinkNavigation } from './link-navigation';

/** What every page stands in: links that do not load anew, toasts. */
export function Providers({ children }: { children: ReactNode }) {
  return (
    <>
      {children}
      <LinkNavigation />
      <ToastPlace />
    </>
  );
}
