'use client';

import { useNow, useZone } from './clock';
import { cn } from './cn';
import { exactTime, relativeTime, zoneName } from './time-words';
import { Hint } from './tooltip';

interface RelativeTimeProps {
  /** ISO string or milliseconds. */
  at: string | number;
  /** `exact` shows the moment and keeps the distance for the tooltip; `zoned` names its time zone too. */
  show?: 'relative' | 'exact' | 'zoned';
  className?: string;
}

/** A moment: its distance from now; on hover the exact one in the viewer's zone and in the workspace's. */
export function RelativeTime({ at, show = 'relative', className }: RelativeTimeProps) {
  const now = useNow();
  const { viewerZone, workspaceZone, locale } = useZone();
  const atMs = typeof at === 'number' ? at : Date.parse(at);
  if (Number.isNaN(atMs)) return <span className={className}>–</span>;

  const zone = show === 'zoned' ? ` ${zoneName(atMs, viewerZone, locale)}` : '';
  const exact = exactTime(atMs, viewerZone, locale) + zone;
  const distance = now === undefined ? undefined : relativeTime(atMs, now, locale);
  return (
    <Hint
      content={
        <span className="flex flex-col gap-0.5 tabular-nums">
          {show !== 'relative' && distance && <span>{distance}</span>}
          <span>{exactTime(atMs, viewerZone, locale, true)}</span>
          {workspaceZone !== viewerZone && (
            <span>
              {exactTime(atMs, workspaceZone, locale)} in {workspaceZone.split('/').at(-1)?.replaceAll('_', ' ')}
            </span>
          )}
        </span>
      }
    >
      <time
        dateTime={new Date(atMs).toISOString()}
        className={cn('whitespace-nowrap', show !== 'relative' && 'tabular-nums', className)}
      >
        {show === 'relative' ? (distance ?? exact) : exact}
      </time>
    </Hint>
  );
}
