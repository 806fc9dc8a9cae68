'use client';

import { useRouter } from 'next/navigation';
import { ChooseFile } from '@/components/imports/choose-file';

export function Choose({ sampleHref }: { sampleHref: string | undefined }) {
  const router = useRouter();
  return <ChooseFile sampleHref={sampleHref} onUploaded={(uploadId) => router.push(`/contacts/import/${uploadId}`)} />;
}
