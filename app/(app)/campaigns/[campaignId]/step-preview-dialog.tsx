'use client';

import { useState } from 'react';
import { ContactPicker, type PickedContact } from '@/components/campaigns/contact-picker';
import { StepPreviewView } from '@/components/campaigns/step-preview';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import type { MessageStep } from '@/lib/domain/campaign';
import { useBuilder } from './builder-context';

/** The message of one step, as any contact would read it. */
export function StepPreviewDialog({ step, onClose }: { step: MessageStep; onClose: () => void }) {
  const { campaignId } = useBuilder();
  const [contact, setContact] = useState<PickedContact | null>(null);
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`“${step.name}” as it would be read`}
      size={step.kind === 'email' ? 'lg' : 'md'}
    >
      <div className="flex flex-col gap-4">
        <Field label="With the data of" className="max-w-sm">
          {(control) => (
            <ContactPicker {...control} nobody="Nobody: every fallback shows" value={contact} onChange={setContact} />
          )}
        </Field>
        <StepPreviewView campaignId={campaignId} stepId={step.id} contactId={contact?.id ?? null} heightPx={480} />
      </div>
    </Dialog>
  );
}
