'use client';

import { Copy, Ellipsis, Pencil, SlidersHorizontal, Trash2 } from 'lucide-react';
import { Confirm } from '@/components/ui/alert-dialog';
import { Button } from '@/components/ui/button';
import { Dialog, DialogClose } from '@/components/ui/dialog';
import { Menu, MenuItem, MenuLabel, MenuSeparator } from '@/components/ui/dropdown-menu';
import { FactList } from '@/components/ui/facts';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Popover } from '@/components/ui/popover';
import { Sheet } from '@/components/ui/sheet';
import { toast } from '@/components/ui/toast';
import { Hint } from '@/components/ui/tooltip';

export function Overlays() {
  return (
    <div className="flex flex-wrap gap-3">
      <Dialog
        title="Change the rate"
        description="Takes effect within one batch."
        trigger={<Button>Dialog</Button>}
        footer={
          <>
            <DialogClose>
              <Button>Leave at 200</Button>
            </DialogClose>
            <DialogClose>
              <Button variant="primary">Send 400 per minute</Button>
            </DialogClose>
          </>
        }
      >
        <Field label="Messages per minute">{(control) => <Input {...control} defaultValue="400" mono />}</Field>
      </Dialog>
      <Confirm
        title="Send to 15,143 people?"
        action="Send to 15,143"
        onConfirm={() => {
          toast.done('Queuing 15,143.');
          return undefined;
        }}
        trigger={<Button>Confirm</Button>}
      >
        <p>Email first, SMS a day later. At 400 a minute it is done in about 38 minutes. 4,857 people are left out.</p>
      </Confirm>
      <Confirm
        title="Send to all 15,143 again?"
        action="Send again to 15,143"
        danger
        typed="15143"
        onConfirm={async () => {
          await new Promise((resolve) => setTimeout(resolve, 500));
          return 'The run was completed by somebody else a moment ago. Nothing was sent.';
        }}
        trigger={<Button>Typed confirmation</Button>}
      >
        <p>14,902 of them have already received it. They will get it twice.</p>
      </Confirm>
      <Sheet
        title="Ada Lindqvist"
        trigger={<Button>Sheet</Button>}
        footer={<Button variant="primary">Open contact</Button>}
      >
        <FactList
          facts={[
            { label: 'Email', value: 'ada@example.com' },
            { label: 'Phone', value: <span className="figure">+351 912 345 678</span> },
            { label: 'Consent', value: 'Given 3 May 2026', note: 'on the preference page' },
          ]}
        />
      </Sheet>
      <Menu
        align="start"
        trigger={
          <Button>
            <Ellipsis /> Menu
          </Button>
        }
      >
        <MenuLabel>Campaign</MenuLabel>
        <MenuItem icon={<Pencil />} shortcut="e">
          Rename
        </MenuItem>
        <MenuItem icon={<Copy />}>Duplicate</MenuItem>
        <MenuItem icon={<Copy />} disabled>
          Compare
        </MenuItem>
        <MenuSeparator />
        <MenuItem icon={<Trash2 />} danger>
          Delete draft
        </MenuItem>
      </Menu>
      <Popover
        label="Filter"
        trigger={
          <Button>
            <SlidersHorizontal /> Popover
          </Button>
        }
      >
        <Field label="City is">{(control) => <Input {...control} defaultValue="Lisboa" />}</Field>
      </Popover>
      <Hint content="Handed to the provider, which said yes">
        <Button variant="quiet">Tooltip</Button>
      </Hint>
    </div>
  );
}
