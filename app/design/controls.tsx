'use client';

import { Download, Pause, RotateCcw, Send, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { ThemeSwitch } from '@/components/shell/theme-switch';
import { Button } from '@/components/ui/button';
import { Id } from '@/components/ui/code';
import { IconButton } from '@/components/ui/icon-button';
import { LinkButton, TextLink } from '@/components/ui/link-button';
import { Num } from '@/components/ui/number';
import { Progress } from '@/components/ui/progress';
import { Segmented } from '@/components/ui/segmented';
import { Tabs } from '@/components/ui/tabs';
import { toast } from '@/components/ui/toast';

export function Controls() {
  const [view, setView] = useState<'desktop' | 'mobile' | 'text'>('desktop');
  return (
    <div className="flex flex-col gap-8">
      <div className="flex flex-wrap items-center gap-3">
        <Button variant="primary">
          <Send /> Send to 15,143
        </Button>
        <Button>
          <RotateCcw /> Retry 30
        </Button>
        <Button variant="quiet">
          <Download /> Download CSV
        </Button>
        <Button variant="danger">
          <Trash2 /> Erase 1 contact
        </Button>
        <Button variant="dangerQuiet">Cancel run</Button>
        <LinkButton href="#controls">A link</LinkButton>
        <TextLink href="#controls">37 failed</TextLink>
      </div>
      <div className="flex flex-wrap items-center gap-3">
        <Button size="sm">Small</Button>
        <Button size="md">Medium</Button>
        <Button size="lg">Large</Button>
        <Button variant="primary" pending>
          Sending to 15,143
        </Button>
        <Button pending>Retry 30</Button>
        <Button variant="primary" disabled>
          Disabled
        </Button>
        <Button disabled>Disabled</Button>
        <IconButton label="Pause run" icon={<Pause />} />
        <IconButton label="Retry" icon={<RotateCcw />} variant="secondary" size="md" />
      </div>
      <div className="flex flex-wrap items-center gap-4">
        <Segmented
          label="Preview"
          value={view}
          onChange={setView}
          options={[
            { value: 'desktop', label: 'Desktop' },
            { value: 'mobile', label: 'Mobile' },
            { value: 'text', label: 'Plain text' },
          ]}
        />
        <ThemeSwitch />
        <Id value="run_01jd5k3q8w4r2t9z" of="run id" />
        <Num value={1_204_310} />
      </div>
      <div className="flex flex-wrap gap-3">
        <Button onClick={() => toast.done('30 deliveries queued again.')}>Toast: done</Button>
        <Button
          onClick={() =>
            toast.failed('The run was not paused.', {
              description: 'It had completed a moment before. Nothing was changed.',
              action: { label: 'Look', onClick: () => undefined },
            })
          }
        >
          Toast: failed
        </Button>
        <Button onClick={() => toast.working('Writing 15,143 rows…', { id: 'export' })}>Toast: working</Button>
      </div>
      <div className="grid gap-6 md:grid-cols-2">
        <Progress
          label="Importing contacts"
          done={1412}
          total={2035}
          note="About 20 s left. You can leave this page."
        />
        <Progress label="Counting" done={8012} />
      </div>
      <Tabs
        label="Message"
        tabs={[
          { value: 'email', label: 'Email', content: <p>Your new phone is waiting, Ada.</p> },
          { value: 'sms', label: 'SMS', count: '2', content: <p>Two segments, GSM-7.</p> },
          { value: 'record', label: 'Record', content: <p>A row in launch_reached.</p> },
        ]}
      />
    </div>
  );
}
