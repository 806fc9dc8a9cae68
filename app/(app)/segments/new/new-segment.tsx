'use client';

import { useRouter } from 'next/navigation';
import type { RuleCatalogue } from '@/components/segments/rule-context';
import { type SegmentDraft, SegmentEditor } from '@/components/segments/segment-editor';
import { create } from '../actions';

export function NewSegment({ catalogue, draft }: { catalogue: RuleCatalogue; draft: SegmentDraft }) {
  const router = useRouter();

  async function save({ name, description, rule }: SegmentDraft) {
    const result = await create({ name, rule, ...(description && { description }) });
    if (!result.ok) return result;
    router.replace(`/segments/${result.data.id}`);
    return { ok: true as const, data: { revision: 1 } };
  }

  return <SegmentEditor catalogue={catalogue} saved={draft} onSave={save} />;
}
