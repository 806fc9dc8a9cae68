'use client';

import { CircleAlert, CircleCheck, Info, LoaderCircle, TriangleAlert } from 'lucide-react';
import { useEffect, useSyncExternalStore } from 'react';
import { Toaster } from 'sonner';
import { isDark, onSchemeChange } from '@/components/shell/colour-scheme';

/** Where toasts appear; loaded with the first of them. */
export function ToastHost({ onReady }: { onReady: () => void }) {
  const dark = useSyncExternalStore(onSchemeChange, isDark, () => false);
  useEffect(onReady, [onReady]);
  return (
    <Toaster
      theme={dark ? 'dark' : 'light'}
      position="bottom-center"
      // above the bars that stick to the bottom of a phone
      mobileOffset={{ bottom: 84 }}
      gap={8}
      duration={6000}
      closeButton={false}
      icons={{
        success: <CircleCheck className="size-4 text-accepted-ink" />,
        error: <CircleAlert className="size-4 text-failed-ink" />,
        warning: <TriangleAlert className="size-4 text-attention-ink" />,
        info: <Info className="size-4 text-ink-faint" />,
        loading: <LoaderCircle className="size-4 animate-spin text-ink-faint" />,
      }}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            'flex w-[calc(100vw-2rem)] sm:w-[22rem] items-start gap-3 rounded-lg border border-rule-strong bg-sheet p-4 text-ink text-sm shadow-lift font-sans',
          icon: 'mt-0.5 shrink-0',
          content: 'min-w-0 grow',
          title: 'font-medium',
          description: 'mt-0.5 text-ink-soft',
          actionButton: 'shrink-0 rounded-sm px-1 font-medium text-link underline-offset-4 hover:underline',
          cancelButton: 'shrink-0 rounded-sm px-1 text-ink-soft underline-offset-4 hover:underline',
        },
      }}
    />
  );
}
