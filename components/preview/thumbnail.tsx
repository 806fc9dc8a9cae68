'use client';

import { cn } from '@/components/ui/cn';
import { useScale } from './mail-frame';

const SCREEN_PX = 640;

/** The upper part of a mail, small; a picture of it for eyes only. Loaded when it comes into sight. */
export function Thumbnail({ src, className }: { src: string; className?: string }) {
  const { box, scale } = useScale(SCREEN_PX);
  return (
    <div ref={box} aria-hidden="true" className={cn('relative overflow-hidden bg-white', className)}>
      <iframe
        title="Picture of the template"
        src={src}
        sandbox=""
        loading="lazy"
        tabIndex={-1}
        className="pointer-events-none absolute top-0 left-0 origin-top-left border-0"
        style={{ width: SCREEN_PX, height: 1100, transform: `scale(${scale})`, colorScheme: 'light' }}
      />
    </div>
  );
}
