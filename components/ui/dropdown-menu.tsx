'use client';

import { lazy, type ReactNode, Suspense, useState } from 'react';
import { later } from './later';
import type { MenuFrameProps, MenuItemProps } from './menu-frame';
import { Opener } from './opener';

const load = later(() => import('./menu-frame'));
const Frame = lazy(async () => ({ default: (await load()).MenuFrame }));
const Item = lazy(async () => ({ default: (await load()).MenuItem }));
const Label = lazy(async () => ({ default: (await load()).MenuLabel }));
const Separator = lazy(async () => ({ default: (await load()).MenuSeparator }));

/** Loaded when somebody comes near its button. */
export function Menu(props: MenuFrameProps) {
  const [wasOpened, setWasOpened] = useState(false);
  const button = (
    <Opener kind="menu" isOpen={wasOpened} onOpen={() => setWasOpened(true)} onNear={() => void load()}>
      {props.trigger}
    </Opener>
  );
  if (!wasOpened) return button;
  return (
    <Suspense fallback={button}>
      <Frame {...props} />
    </Suspense>
  );
}

/** With `asChild`, give it one link. */
export function MenuItem(props: MenuItemProps) {
  return <Item {...props} />;
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return <Label>{children}</Label>;
}

export function MenuSeparator() {
  return <Separator />;
}
