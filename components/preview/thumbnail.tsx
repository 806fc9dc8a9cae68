'use client';

import { useEffect, useState } from 'react';
import { cn } from '@/components/ui/cn';
import { useScale } from './mail-frame';

const SCREEN_PX = 640;
const AFTER_PAINT_MS = 50;

/** The upper part of a mail, small; a picture of it for eyes only. Loaded when it is in sight and the page itself stands. */
export function Thumbnail({ src, className }: { src: string; className?: string }) {
  const { box, scale } = useScale(SCREEN_PX);
  const [isWanted, setIsWanted] = useState(false);

  useEffect(() => {
    const element = box.current;
    if (!element) return;
    let timer: ReturnType<typeof setTimeout>;
    const observer = new IntersectionObserver((entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      observer.disconnect();
      timer = setTimeout(() => setIsWanted(true), AFTER_PAINT_MS);
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
      clearTimeout(timer);
    };
  }, [box]);

  return (
    <div ref={box} aria-hidden="true" className={cn('relative overflow-hidden bg-white', className)}>
      {isWanted && (
        <iframe
          title="Picture of the template"
          src={src}
          sandbox=""
          tabIndex={-1}
          className="pointer-events-none absolute top-0 left-0 origin-top-left border-0"
          style={{ width: SCREEN_PX, height: 1100, transform: `scale(${scale})`, colorScheme: 'light' }}
        />
      )}
    </div>
  );
}
