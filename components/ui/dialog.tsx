'use client';

import {
  cloneElement,
  createContext,
  type HTMLAttributes,
  lazy,
  type ReactElement,
  type ReactNode,
  Suspense,
  useContext,
  useState,
} from 'react';
import { Coming } from './coming';
import type { DialogFrameProps } from './dialog-frame';
import { later } from './later';
import { Opener } from './opener';

const load = later(async () => ({ default: (await import('./dialog-frame')).DialogFrame }));
const Frame = lazy(load);

interface DialogProps extends Omit<DialogFrameProps, 'open' | 'onOpenChange'> {
  /** One button; leave it out when `open` is controlled. */
  trigger?: ReactNode;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
}

const CloseContext = createContext<() => void>(() => undefined);

/** Its frame is loaded when somebody comes near its button. */
export function Dialog({ trigger, open, onOpenChange, ...frame }: DialogProps) {
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
          <CloseContext value={() => change(false)}>
            <Frame {...frame} open={isOpen} onOpenChange={change} />
          </CloseContext>
        </Suspense>
      )}
    </>
  );
}

/** Closes the dialog around it; give it one button. */
export function DialogClose({ children }: { children: ReactElement<HTMLAttributes<HTMLElement>> }) {
  const close = useContext(CloseContext);
  return cloneElement(children, {
    onClick: (event) => {
      children.props.onClick?.(event);
      close();
    },
  });
}
