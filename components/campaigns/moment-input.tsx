'use client';

import { useState } from 'react';
import { useZone } from '@/components/ui/clock';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { exactTime } from '@/components/ui/time-words';
import { fromWallClock, toWallClock } from '@/lib/domain/zoned-time';

interface MomentInputProps {
  label: string;
  /** ISO; empty while nothing was chosen. */
  value: string;
  onChange: (iso: string) => void;
}

function placeOf(zone: string): string {
  return zone.split('/').at(-1)?.replaceAll('_', ' ') ?? zone;
}

/** A date and time by the workspace's clock; says what that is on the viewer's own when it differs. */
export function MomentInput({ label, value, onChange }: MomentInputProps) {
  const { workspaceZone, viewerZone, locale } = useZone();
  const [text, setText] = useState(() => toWallClock(value, workspaceZone));
  const iso = fromWallClock(text, workspaceZone);

  function type(next: string) {
    setText(next);
    const taken = fromWallClock(next, workspaceZone);
    if (taken) onChange(taken);
  }

  return (
    <Field
      label={label}
      error={iso === null ? 'Choose a date and a time.' : undefined}
      hint={
        <>
          By the clock in {placeOf(workspaceZone)}
          {iso && viewerZone !== workspaceZone && <>; {exactTime(Date.parse(iso), viewerZone, locale)} on yours</>}.
        </>
      }
    >
      {(control) => (
        <Input
          {...control}
          type="datetime-local"
          className="max-w-60 tabular-nums"
          value={text}
          onChange={(event) => type(event.target.value)}
        />
      )}
    </Field>
  );
}
