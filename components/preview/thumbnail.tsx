'use client';

import { useEffect, useState } from 'react';
import { cn } from '@/components/ui/cn';
import { useScale } from './mail-frame';
import { sealed } from './sealed-html';

const SCREEN_PX = 640;
const AFTER_PAINT_MS = 50;
const AGAIN_MS = 5_000;

/** The mail; null when there is none to be had, undefined when nothing answered. */
async function readHtml(src: string, signal: AbortSignal): Promise<string | null | undefined> {
  try {
    const answer = await fetch(src, { signal });
    if (answer.ok) return await answer.text();
    return answer.status >= 500 ? undefined : null;
  } catch {
    // a lost connection comes back, and then the picture is asked for again
    return undefined;
  }
}

/** The upper part of a mail, small; a picture of it for eyes only. Loaded when it is in sight and the page itself stands. */
export function Thumbnail({ src, className }: { src: string; className?: string }) {
  const { box, scale } = useScale(SCREEN_PX);
  const [html, setHtml] = useState<string | null>(null);
  const [lack, setLack] = useState<string>();
  const [isSeen, setIsSeen] = useState(false);
  const [isDrawn, setIsDrawn] = useState(false);

  useEffect(() => {
    const element = box.current;
    if (!element) return;
    let timer: ReturnType<typeof setTimeout>;
    const controller = new AbortController();
    async function load() {
      const read = await readHtml(src, controller.signal);
      if (controller.signal.aborted) return;
      if (read) return setHtml(read);
      setLack(read === null ? 'No picture' : 'No picture just now; asking again');
      if (read === undefined) timer = setTimeout(load, AGAIN_MS);
    }
    const observer = new IntersectionObserver((entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      observer.disconnect();
      setIsSeen(true);
      timer = setTimeout(load, AFTER_PAINT_MS);
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
      controller.abort();
      clearTimeout(timer);
    };
  }, [box, src]);

  return (
    <div
      ref={box}
      aria-hidden="true"
      aria-busy={isSeen && !isDrawn && lack === undefined}
      className={cn('relative overflow-hidden', isDrawn ? 'bg-white' : 'bg-well', className)}
    >
      {html === null && lack && (
        <span className="absolute inset-0 grid place-items-center text-ink-faint text-xs">{lack}</span>
      )}
      {html !== null && (
        <iframe
          title="Picture of the template"
          srcDoc={sealed(html)}
          sandbox=""
          tabIndex={-1}
          onLoad={() => setIsDrawn(true)}
          className={cn(
            'pointer-events-none absolute top-0 left-0 origin-top-left border-0 transition-opacity',
            !isDrawn && 'opacity-0',
          )}
          style={{ width: SCREEN_PX, height: 1100, transform: `scale(${scale})`, colorScheme: 'light' }}
        />
      )}
    </div>
  );
}
