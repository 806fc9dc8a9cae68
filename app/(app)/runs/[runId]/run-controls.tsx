'use client';

import { ChartNoAxesColumn, Download, Gauge, Layers, Pause, Play, RotateCcw, X } from 'lucide-react';
import { useState } from 'react';
import { Confirm } from '@/components/ui/alert-dialog';
import { Button } from '@/components/ui/button';
import { Menu, MenuItem } from '@/components/ui/dropdown-menu';
import { LinkButton } from '@/components/ui/link-button';
import { counted, formatNumber } from '@/components/ui/number';
import { runCounts } from '@/lib/domain/run-words';
import { cancel, pause, releaseWave, resume } from './actions';
import { RateDialog } from './rate-dialog';
import { RerunDialog } from './rerun-dialog';
import type { RunPart } from './run-live';
import { attemptAct, useAct } from './use-act';

const TYPED_FROM = 10_000;

/** What can be done with the run in its present state; one of them primary. */
export function RunControls(part: RunPart) {
  const { run, progress, details, rights, refresh } = part;
  const { status } = progress;
  const [dialog, setDialog] = useState<'cancel' | 'rate' | 'rerun' | null>(null);
  const { pending, act } = useAct(refresh);
  const close = (open: boolean) => !open && setDialog(null);
  const target = { runId: run.id };
  const { heldWave } = details.now;
  const moving = status === 'queuing' || status === 'sending';
  const open = moving || status === 'paused' || status === 'scheduled';
  return (
    <>
      {rights.report && progress.startedAt && (
        <LinkButton variant="quiet" href={`/reports/runs/${run.id}`}>
          <ChartNoAxesColumn /> Report
        </LinkButton>
      )}
      <Menu
        trigger={
          <Button>
            <Download /> Download
          </Button>
        }
      >
        <MenuItem asChild>
          <a href={`/api/v1/runs/${run.id}/certificate`} download>
            Certificate (JSON)
          </a>
        </MenuItem>
        {rights.exportRows && (
          <MenuItem asChild>
            <a href={`/api/v1/runs/${run.id}/deliveries.csv`} download>
              Deliveries (CSV)
            </a>
          </MenuItem>
        )}
      </Menu>
      {rights.control && open && (
        <>
          <Button onClick={() => setDialog('rate')}>
            <Gauge /> Rate
          </Button>
          <Button variant="dangerQuiet" onClick={() => setDialog('cancel')}>
            <X /> Cancel
          </Button>
        </>
      )}
      {rights.control && status === 'sending' && heldWave && heldWave.number > 1 && (
        <Button
          pending={pending}
          onClick={() =>
            act(
              () => releaseWave(target),
              ({ wave }) => `Wave ${wave} goes out now.`,
            )
          }
        >
          <Layers /> Release wave {heldWave.number} ({formatNumber(heldWave.size)})
        </Button>
      )}
      {(rights.launch || rights.control) && (!open || status === 'paused') && (
        <Button variant={open ? 'secondary' : 'primary'} onClick={() => setDialog('rerun')}>
          <RotateCcw /> Run again
        </Button>
      )}
      {rights.control && moving && (
        <Button
          variant="primary"
          pending={pending}
          onClick={() =>
            act(
              () => pause(target),
              () => 'Paused. What is on the wire finishes; the rest waits.',
            )
          }
        >
          <Pause /> Pause
        </Button>
      )}
      {rights.control && status === 'paused' && (
        <Button
          variant="primary"
          pending={pending}
          onClick={() =>
            act(
              () => resume(target),
              () => 'Resumed where it stopped.',
            )
          }
        >
          <Play /> Resume
        </Button>
      )}
      <CancelDialog part={part} open={dialog === 'cancel'} onOpenChange={close} />
      <RateDialog part={part} open={dialog === 'rate'} onOpenChange={close} />
      <RerunDialog part={part} open={dialog === 'rerun'} onOpenChange={close} />
    </>
  );
}

interface PartDialogProps {
  part: RunPart;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

function CancelDialog({ part, open, onOpenChange }: PartDialogProps) {
  const { run, progress, refresh } = part;
  const { accepted, waiting } = runCounts(progress);
  const known = progress.listTotal !== null;
  async function confirm() {
    const refusal = await attemptAct(
      () => cancel({ runId: run.id }),
      () => 'Cancelled. Nothing more of it is sent.',
    );
    await refresh();
    return refusal;
  }
  return (
    <Confirm
      danger
      open={open}
      onOpenChange={onOpenChange}
      title="Cancel this run for good?"
      action={known ? `Cancel ${counted(waiting, 'delivery', 'deliveries')}` : 'Cancel the run'}
      typed={waiting >= TYPED_FROM ? String(waiting) : undefined}
      keep="Let it go on"
      onConfirm={confirm}
    >
      <p>
        {known
          ? `${counted(waiting, 'delivery that is still waiting is', 'deliveries that are still waiting are')} never sent. ${counted(accepted, 'was accepted and stays', 'were accepted and stay')} so; what is on the wire right now finishes.`
          : 'Nothing has been sent yet, and nothing will be.'}
      </p>
      <p>This cannot be undone. To stop for a while, pause it instead.</p>
    </Confirm>
  );
}
