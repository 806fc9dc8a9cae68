'use client';

import { useRouter } from 'next/navigation';
import { useState, useTransition } from 'react';
import { Confirm } from '@/components/ui/alert-dialog';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Notice } from '@/components/ui/notice';
import { formatNumber } from '@/components/ui/number';
import { Textarea } from '@/components/ui/textarea';
import { toast } from '@/components/ui/toast';
import { approve, askApproval, decline } from '../../actions';
import type { Report } from './preflight-view';

interface ApprovalPartProps {
  report: Report;
  me: string;
  canWrite: boolean;
  /** Nothing critical is open: asking for an approval makes sense. */
  isSound: boolean;
}

type Answer = { ok: true } | { ok: false; error: { message: string } };

/** The second person's word: asked for by one, given by another, for exactly this revision. */
export function ApprovalPart({ report, me, canWrite, isSound }: ApprovalPartProps) {
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  const [reason, setReason] = useState('');
  const { campaignId, revision, approval } = report;
  const { requestedBy, approvedBy, above } = approval;
  const asked = { campaignId, revision };

  function act(work: () => Promise<Answer>, done: string) {
    startTransition(async () => {
      const result = await work().catch(() => null);
      if (result?.ok) toast.done(done);
      else toast.failed(result?.error.message ?? 'Waybill did not answer. Press again.');
      router.refresh();
    });
  }

  async function refuse(): Promise<string | undefined> {
    const result = await decline({ ...asked, reason }).catch(() => null);
    if (!result?.ok) return result?.error.message ?? 'Waybill did not answer. Press again.';
    toast.done('The approval was declined.');
    router.refresh();
  }

  if (approval.isGiven && approvedBy) {
    return <Notice tone="accepted" title={`Approved by ${approvedBy.name}`} className="px-3 py-2.5" />;
  }
  if (!requestedBy) {
    return (
      <div className="flex flex-col gap-2">
        <p className="text-ink-soft text-sm">
          More than {formatNumber(above ?? 0)} people: a second person must approve it.
        </p>
        {canWrite && (
          <Button
            disabled={!isSound}
            pending={pending}
            onClick={() => act(() => askApproval(asked), 'An approval is asked for.')}
          >
            Ask for approval
          </Button>
        )}
      </div>
    );
  }
  const isMine = requestedBy.id === me;
  return (
    <div className="flex flex-col gap-2">
      <Notice
        tone="attention"
        className="px-3 py-2.5"
        title={isMine ? 'You asked for an approval' : `${requestedBy.name} asks for your approval`}
      >
        {isMine ? 'Somebody else has to look at this page and approve it.' : 'It is for exactly what you see here.'}
      </Notice>
      {isMine && canWrite && (
        <Button pending={pending} onClick={() => act(() => decline(asked), 'The request is withdrawn.')}>
          Withdraw the request
        </Button>
      )}
      {!isMine && report.mayLaunch && (
        <div className="flex gap-2">
          <Button className="grow" pending={pending} onClick={() => act(() => approve(asked), 'Approved.')}>
            Approve
          </Button>
          <Confirm
            title="Decline the approval?"
            action="Decline"
            trigger={<Button variant="quiet">Decline</Button>}
            onConfirm={refuse}
          >
            <p>The request goes away, and {requestedBy.name} can ask again after a change.</p>
            <Field label="Why" optional>
              {(control) => (
                <Textarea
                  {...control}
                  rows={3}
                  maxLength={500}
                  value={reason}
                  onChange={(event) => setReason(event.target.value)}
                />
              )}
            </Field>
          </Confirm>
        </div>
      )}
    </div>
  );
}
