'use client';

import { type CSSProperties, useRef, useState } from 'react';
import { cn } from '@/components/ui/cn';
import { useScale } from './mail-frame';
import { inScheme, type Scheme, sealed } from './sealed-html';

interface LiveMailFrameProps {
  title: string;
  /** Made by our own renderer, which writes no markup of anybody else's. */
  html: string;
  scheme?: Scheme;
  widthPx: number;
  heightPx: number;
  fills?: boolean;
  className?: string;
}

/**
 * A mail that changes while somebody looks: the next state is drawn behind the present one, scrolled to the same place
 * and then shown, so that nothing flashes or jumps. The sandbox lets no script run; it keeps the origin only so that
 * this page can read and set how far the mail is scrolled.
 */
export function LiveMailFrame(props: LiveMailFrameProps) {
  const { title, html, scheme = 'light', widthPx, heightPx, fills = false, className } = props;
  const { box, scale, roomPx } = useScale(widthPx);
  const frames = useRef<(HTMLIFrameElement | null)[]>([null, null]);
  const wanted = sealed(inScheme(html, scheme));
  const [sheets, setSheets] = useState([wanted, '']);
  const [front, setFront] = useState(0);
  const back = 1 - front;
  const screenPx = fills ? Math.max(widthPx, roomPx) : widthPx;

  if (sheets[front] !== wanted && sheets[back] !== wanted) {
    setSheets(front === 0 ? [sheets[0] ?? '', wanted] : [wanted, sheets[1] ?? '']);
  }

  function turn(index: number) {
    if (index === front || sheets[index] === '' || sheets[index] !== wanted) return;
    const from = frames.current[front]?.contentDocument?.scrollingElement;
    const to = frames.current[index]?.contentDocument?.scrollingElement;
    if (from && to) to.scrollTop = from.scrollTop;
    setFront(index);
  }

  const style: CSSProperties = {
    width: screenPx,
    height: heightPx / scale,
    transform: scale === 1 ? undefined : `scale(${scale})`,
    colorScheme: scheme,
  };
  return (
    <div ref={box} className={cn('overflow-hidden bg-white', className)} style={{ height: heightPx }}>
      <div className="relative mx-auto" style={{ width: screenPx * scale }}>
        {sheets.map((sheet, index) => (
          <iframe
            // biome-ignore lint/suspicious/noArrayIndexKey: two sheets that take turns
            key={index}
            ref={(element) => {
              frames.current[index] = element;
            }}
            title={title}
            sandbox="allow-same-origin"
            referrerPolicy="no-referrer"
            srcDoc={sheet}
            onLoad={() => turn(index)}
            aria-hidden={index !== front || undefined}
            tabIndex={index === front ? undefined : -1}
            className={cn('absolute top-0 left-0 origin-top-left border-0', index !== front && 'invisible')}
            style={style}
          />
        ))}
      </div>
    </div>
  );
}
