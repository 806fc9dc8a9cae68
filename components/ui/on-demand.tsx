'use client';

import { type ComponentType, lazy, type ReactNode, Suspense, useState } from 'react';
import { Coming } from './coming';
import { later } from './later';
import { Opener } from './opener';

const loadDialog = later(() => import('./dialog-frame'));
const loadMenu = later(() => import('./menu-frame'));

interface Opened {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Makes the button of a dialog whose code comes when somebody comes near it. */
export function onDemand<P extends Opened>(load: () => Promise<ComponentType<P>>) {
  const part = later(async () => ({ default: await load() }));
  const Part = lazy(part);
  const near = () => void Promise.all([part(), loadDialog()]);

  return function OnDemand({ trigger, ...rest }: Omit<P, keyof Opened> & { trigger: ReactNode }) {
    const [open, setOpen] = useState(false);
    const [wasOpened, setWasOpened] = useState(false);
    const props = { ...rest, open, onOpenChange: setOpen } as unknown as P;
    function show() {
      setWasOpened(true);
      setOpen(true);
    }
    return (
      <>
        <Opener kind="dialog" isOpen={open} onOpen={show} onNear={near}>
          {trigger}
        </Opener>
        {wasOpened && (
          <Suspense fallback={<Coming />}>
            <Part {...props} />
          </Suspense>
        )}
      </>
    );
  };
}

/** The same for a menu, which brings its own button along and stands open when it comes. */
export function menuOnDemand<P extends { trigger: ReactNode }>(load: () => Promise<ComponentType<P>>) {
  const part = later(async () => ({ default: await load() }));
  const Part = lazy(part);
  const near = () => void Promise.all([part(), loadMenu()]);

  return function MenuOnDemand(props: P) {
    const [wasOpened, setWasOpened] = useState(false);
    const button = (
      <Opener kind="menu" isOpen={wasOpened} onOpen={() => setWasOpened(true)} onNear={near}>
        {props.trigger}
      </Opener>
    );
    if (!wasOpened) return button;
    return (
      <Suspense fallback={button}>
        <Part {...props} />
      </Suspense>
    );
  };
}
