'use client';

import { lazy, type ReactNode, Suspense, useState } from 'react';
import { Coming } from './coming';
import type { ConfirmFrameProps } from './confirm-frame';
import { later } from './later';
import { Opener } from './opener';

const load = later(async () => ({ default: (await import('./confirm-frame')).ConfirmFrame }));
const Frame = lazy(load);

interface ConfirmProps extends Omit<ConfirmFrameProps, 'open' | 'onOpenChange'> {
  trigger?: ReactNode;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
}

/** Asks before something destructive or expensive. Escape and the first button leave everything as it is. */
export function Confirm({ trigger, open, onOpenChange, ...frame }: ConfirmProps) {
  const [ownOpen, setOwnOpen] = useState(false);
  const isOpen = open ?? ownOpen;
  const [wasOpened, setWasOpened] = useState(false);
  if (isOpen && !wasOpened) setWasOpened(true);

  function change(next: boolean) {
    setOwnOpen(next);
    onOpenChange?.(next);
  }

  return (
    <>
      {trigger && (
        <Opener kind="dialog" isOpen={isOpen} onOpen={() => change(true)} onNear={() => void load()}>
          {trigger}
        </Opener>
      )}
      {wasOpened && (
        <Suspense fallback={<Coming />}>
          <Frame {...frame} open={isOpen} onOpenChange={change} />
        </Suspense>
      )}
    </>
  );
}
