'use client';

import { useRouter } from 'next/navigation';
import { type ComponentProps, useState } from 'react';
import type { RuleCatalogue } from '@/components/segments/rule-context';
import { type SegmentDraft, SegmentEditor } from '@/components/segments/segment-editor';
import { update } from '../actions';

interface EditSegmentProps {
  segmentId: string;
  revision: number;
  catalogue: RuleCatalogue;
  readOnly: boolean;
  draft: SegmentDraft;
  explain?: ComponentProps<typeof SegmentEditor>['explain'];
}

export function EditSegment({ segmentId, revision, catalogue, readOnly, draft, explain }: EditSegmentProps) {
  const router = useRouter();
  const [known, setKnown] = useState(revision);

  async function save({ name, description, rule }: SegmentDraft, force: boolean) {
    const result = await update({
      id: segmentId,
      name,
      rule,
      description: description || null,
      ...(!force && { revision: known }),
    });
    if (result.ok) {
      setKnown(result.data.revision);
      router.refresh();
    }
    return result;
  }

  return <SegmentEditor catalogue={catalogue} saved={draft} onSave={save} readOnly={readOnly} explain={explain} />;
}
