import { useState } from 'react';
import { ApiProblem, apiCall } from './api-call';

export interface StoredImage {
  id: string;
  src: string;
  width: number | null;
  height: number | null;
  fileName?: string;
}

const MAX_BYTES = 5 * 1024 * 1024;
export const IMAGE_TYPES = 'image/png,image/jpeg,image/gif,image/webp';

/** Sends an image to the workspace's library; a refusal is a sentence to show beside the field. */
export function useUpload(onStored: (image: StoredImage) => void) {
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<string>();

  async function upload(file: File | undefined): Promise<void> {
    if (!file) return;
    if (file.size > MAX_BYTES) {
      setProblem(`${file.name} is larger than 5 MB; mail programs would not load it. Nothing was stored.`);
      return;
    }
    setPending(true);
    setProblem(undefined);
    try {
      onStored(
        await apiCall<StoredImage>(`templates/assets?${new URLSearchParams({ name: file.name })}`, {
          method: 'POST',
          body: file,
        }),
      );
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      setProblem(error.message);
    } finally {
      setPending(false);
    }
  }

  return { upload, pending, problem };
}
