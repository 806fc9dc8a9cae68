'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Confirm } from '@/components/ui/alert-dialog';
import { Button } from '@/components/ui/button';
import { LinkButton } from '@/components/ui/link-button';
import { toast } from '@/components/ui/toast';
import { deactivate } from '../../actions';
import { runNow } from './actions';
import type { OccurrencesWire } from './occurrences-live';

interface OccurrenceControlsProps {
  campaignId: string;
  data: OccurrencesWire;
  draftRecurs: boolean;
  refresh: () => Promise<void>;
}

/** Once more now, no more, or with the draft as it is. */
export function OccurrenceControls({ campaignId, data, draftRecurs, refresh }: OccurrenceControlsProps) {
  const { recurrence } = data;
  const isActive = recurrence?.status === 'active';
  return (
    <>
      {isActive && <Deactivate campaignId={campaignId} refresh={refresh} />}
      {isActive && <RunNow campaignId={campaignId} version={recurrence.version} />}
      {draftRecurs && (!isActive || recurrence.isDraftNewer) && (
        <LinkButton variant="primary" href={`/campaigns/${campaignId}/preflight`}>
          {isActive ? 'Activate the draft' : 'Pre-flight'}
        </LinkButton>
      )}
    </>
  );
}

function Deactivate({ campaignId, refresh }: Pick<OccurrenceControlsProps, 'campaignId' | 'refresh'>) {
  async function confirm(): Promise<string | undefined> {
    const result = await deactivate({ campaignId });
    if (!result.ok) return result.error.message;
    toast.done('Deactivated. Nothing comes any more.');
    await refresh();
  }
  return (
    <Confirm
      danger
      title="Let it come no more?"
      action="Deactivate"
      trigger={<Button variant="dangerQuiet">Deactivate</Button>}
      onConfirm={confirm}
    >
      <p>No occurrence starts any more. What is under way goes on, and everything past stays here.</p>
    </Confirm>
  );
}

function RunNow({ campaignId, version }: { campaignId: string; version: number }) {
  const router = useRouter();
  const [requestKey, setRequestKey] = useState('');
  async function confirm(): Promise<string | undefined> {
    const result = await runNow({ campaignId, requestKey });
    if (!result.ok) return result.error.message;
    router.push(`/runs/${result.data.runId}`);
  }
  return (
    <>
      <Button onClick={() => setRequestKey(crypto.randomUUID())}>Run once now</Button>
      <Confirm
        title="Run it once now?"
        action="Run once now"
        keep="Not now"
        open={requestKey !== ''}
        onOpenChange={(open) => !open && setRequestKey('')}
        onConfirm={confirm}
      >
        <p>
          Version {version} goes out to whoever is in its audience at this moment. The planned occurrences come as
          planned.
        </p>
      </Confirm>
    </>
  );
}
