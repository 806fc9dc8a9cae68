'use client';

import { type ComponentType, lazy, type ReactNode, Suspense, useEffect, useState } from 'react';
import { later } from '@/components/ui/later';

interface WhileMovingProps {
  /** When it may first have changed by itself; false when nothing in it can. */
  pauseMs: number | false;
  /** The same as the server drew it; stands until the live one has come, and for good where nothing moves. */
  children: ReactNode;
}

/** Makes a part of a page live, with code that comes only where something moves, and when it does. */
export function whileMoving<P extends object>(load: () => Promise<ComponentType<P>>) {
  const Live = lazy(later(async () => ({ default: await load() })));

  return function WhileMoving({ pauseMs, children, ...rest }: P & WhileMovingProps) {
    const [isLive, setIsLive] = useState(false);
    useEffect(() => {
      if (pauseMs === false) return;
      const timer = setTimeout(() => setIsLive(true), pauseMs);
      return () => clearTimeout(timer);
    }, [pauseMs]);
    if (!isLive) return children;
    return (
      <Suspense fallback={children}>
        <Live {...(rest as unknown as P)} />
      </Suspense>
    );
  };
}
