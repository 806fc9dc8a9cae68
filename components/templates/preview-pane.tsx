'use client';

import { useState, useSyncExternalStore } from 'react';
import { MessageView } from '@/components/preview/message-view';
import { cn } from '@/components/ui/cn';
import { Notice } from '@/components/ui/notice';
import { Skeleton } from '@/components/ui/skeleton';
import { ContactPicker } from './contact-picker';
import { usePreview } from './use-preview';

interface PreviewPaneProps {
  /** Null while the grammar refuses it. */
  content: unknown;
  maySeeContacts: boolean;
}

function onResize(listener: () => void) {
  window.addEventListener('resize', listener);
  return () => window.removeEventListener('resize', listener);
}

/** Room for the message on this screen: what the header and the list of findings leave. */
export function useRoomPx(takenPx: number): number {
  return useSyncExternalStore(
    onResize,
    () => Math.min(1100, Math.max(420, window.innerHeight - takenPx)),
    () => 560,
  );
}

/** The email as one person would see it, beside the blocks it is made of. */
export function PreviewPane({ content, maySeeContacts }: PreviewPaneProps) {
  const [as, setAs] = useState('example');
  const { preview, problem, pending } = usePreview({ channel: 'email', content, as });
  const heightPx = useRoomPx(300);
  const message = preview?.message?.channel === 'email' ? preview.message : null;
  const picker = <ContactPicker value={as} onChange={setAs} maySearch={maySeeContacts} className="w-52" />;
  const told = preview?.problem ?? problem;
  return (
    <div aria-busy={pending} className="flex min-w-0 flex-col gap-3">
      {told && (
        <Notice tone="failed" live title={preview?.problem ? 'This contact would get no email' : 'No preview just now'}>
          {told}
        </Notice>
      )}
      {message ? (
        <div className={cn('transition-opacity', pending && 'opacity-80')}>
          <MessageView {...message} isLive heightPx={heightPx} aside={picker} />
        </div>
      ) : (
        <>
          <div className="flex justify-end">{picker}</div>
          {!told && <Skeleton className="h-96 rounded-md" />}
        </>
      )}
    </div>
  );
}
