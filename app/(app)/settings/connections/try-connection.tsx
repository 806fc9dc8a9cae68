'use client';

import { useState, useTransition } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog, DialogClose } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Notice } from '@/components/ui/notice';
import { tryConnection } from './actions';

interface TryConnectionProps {
  connection: { id: string; name: string; kind: 'postgres' | 'webhook' };
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Signs in and looks at a table, or posts a signed ping. Nobody is recorded. */
export function TryConnection({ connection, open, onOpenChange }: TryConnectionProps) {
  const { id, name, kind } = connection;
  const [table, setTable] = useState('');
  const [result, setResult] = useState<{ ok: boolean; text: string }>();
  const [pending, startTransition] = useTransition();

  function attempt() {
    startTransition(async () => {
      const wanted = table.trim() || undefined;
      const answer = await tryConnection({ id, table: wanted }).catch(() => null);
      if (answer?.ok) setResult(answer.data);
      else setResult({ ok: false, text: answer?.error.message ?? 'Waybill did not answer. Press again.' });
    });
  }

  return (
    <Dialog
      title={`Try “${name}”`}
      description={
        kind === 'postgres'
          ? 'Signs in and looks; nothing is written.'
          : 'Posts one signed ping, without anybody in it.'
      }
      open={open}
      onOpenChange={onOpenChange}
      footer={
        <>
          <DialogClose>
            <Button>Close</Button>
          </DialogClose>
          <Button variant="primary" pending={pending} onClick={attempt}>
            {kind === 'postgres' ? 'Try it' : 'Send a ping'}
          </Button>
        </>
      }
    >
      {(kind === 'postgres' || result) && (
        <div className="flex flex-col gap-5">
          {kind === 'postgres' && (
            <Field label="Table" hint="Looks whether it can take our rows; empty tries only the sign-in." optional>
              {(control) => (
                <Input
                  {...control}
                  mono
                  placeholder="marketing.sent"
                  value={table}
                  onChange={(event) => setTable(event.target.value)}
                />
              )}
            </Field>
          )}
          {result && (
            <Notice
              tone={result.ok ? 'accepted' : 'failed'}
              title={result.ok ? 'It works' : 'It does not work yet'}
              live
            >
              <span className="[overflow-wrap:anywhere]">{result.text}</span>
            </Notice>
          )}
        </div>
      )}
    </Dialog>
  );
}
