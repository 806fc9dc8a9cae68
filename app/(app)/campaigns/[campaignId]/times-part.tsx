'use client';

import { Plus, X } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { Fieldset } from '@/components/ui/field';
import { IconButton } from '@/components/ui/icon-button';
import { Input } from '@/components/ui/input';

const MOST = 24;

interface TimesPartProps {
  times: string[];
  onChange: (times: string[]) => void;
}

/** One or more times of day. One that is half typed is not taken over. */
export function TimesPart({ times, onChange }: TimesPartProps) {
  const change = (at: number, time: string) => time && onChange(times.map((each, i) => (i === at ? time : each)));
  const doubled = new Set(times).size < times.length ? 'The same time twice is once.' : undefined;
  return (
    <Fieldset legend="At" error={doubled}>
      <ul className="flex flex-wrap items-center gap-3">
        {times.map((time, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a time is edited in its place
          <li key={at} className="flex items-center">
            <Input
              type="time"
              aria-label={times.length === 1 ? 'Time of day' : `Time of day ${at + 1}`}
              className="w-36 tabular-nums sm:w-32"
              defaultValue={time}
              onChange={(event) => change(at, event.target.value)}
            />
            {times.length > 1 && (
              <IconButton
                label={`Remove ${time}`}
                icon={<X />}
                onClick={() => onChange(times.filter((_, i) => i !== at))}
              />
            )}
          </li>
        ))}
        {times.length < MOST && (
          <li>
            <Button
              size="sm"
              variant="quiet"
              onClick={() => onChange([...times, times.includes('17:00') ? '12:00' : '17:00'])}
            >
              <Plus /> Another time
            </Button>
          </li>
        )}
      </ul>
    </Fieldset>
  );
}
