'use client';

import { type CSSProperties, useEffect, useRef, useState } from 'react';
import { cn } from '@/components/ui/cn';
import { inScheme, type Scheme, sealed } from './sealed-html';

interface MailFrameProps {
  /** What the frame shows, for screen readers. */
  title: string;
  html: string;
  scheme?: Scheme;
  /** The width of the screen the mail believes to be on; drawn smaller where there is less room. */
  widthPx: number;
  heightPx: number;
  /** Where there is more room than that, the screen is as wide as the room. */
  fills?: boolean;
  className?: string;
}

/** A mail on a sheet of its own. The sandbox allows nothing: no script, no form, no pop-up, no origin. */
export function MailFrame({
  title,
  html,
  scheme = 'light',
  widthPx,
  heightPx,
  fills = false,
  className,
}: MailFrameProps) {
  const { box, scale, roomPx } = useScale(widthPx);
  const screenPx = fills ? Math.max(widthPx, roomPx) : widthPx;
  const style: CSSProperties = {
    width: screenPx,
    height: heightPx / scale,
    transform: scale === 1 ? undefined : `scale(${scale})`,
    colorScheme: scheme,
  };
  return (
    <div ref={box} className={cn('overflow-hidden bg-white', className)} style={{ height: heightPx }}>
      <div className="mx-auto" style={{ width: screenPx * scale }}>
        <iframe
          title={title}
          sandbox=""
          referrerPolicy="no-referrer"
          srcDoc={sealed(inScheme(html, scheme))}
          className="block origin-top-left border-0"
          style={style}
        />
      </div>
    </div>
  );
}

/** How much smaller than `widthPx` the box is; never larger than life. */
export function useScale(widthPx: number) {
  const box = useRef<HTMLDivElement>(null);
  const [roomPx, setRoomPx] = useState(widthPx);

  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setRoomPx(entry.contentRect.width);
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  return { box, roomPx, scale: roomPx > 0 ? Math.min(1, roomPx / widthPx) : 1 };
}
