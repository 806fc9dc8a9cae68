'use client';

import { Images } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Notice } from '@/components/ui/notice';
import { Skeleton } from '@/components/ui/skeleton';
import { ApiProblem, apiCall } from './api-call';
import type { StoredImage } from './use-upload';

/** The images of the workspace, to use one again. */
export function ImageLibrary({ onChoose, disabled }: { onChoose: (image: StoredImage) => void; disabled: boolean }) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog
      title="Images of this workspace"
      size="md"
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button size="sm" disabled={disabled}>
          <Images /> Library
        </Button>
      }
    >
      <Shelf
        onChoose={(image) => {
          onChoose(image);
          setOpen(false);
        }}
      />
    </Dialog>
  );
}

function Shelf({ onChoose }: { onChoose: (image: StoredImage) => void }) {
  const [images, setImages] = useState<StoredImage[] | null>(null);
  const [problem, setProblem] = useState<string>();

  useEffect(() => {
    const abort = new AbortController();
    apiCall<{ items: StoredImage[] }>('templates/assets', { signal: abort.signal })
      .then(({ items }) => setImages(items))
      .catch((error: unknown) => {
        if (error instanceof ApiProblem) setProblem(error.message);
        else if (!abort.signal.aborted) throw error;
      });
    return () => abort.abort();
  }, []);

  if (problem) return <Notice tone="failed" title={problem} live />;
  if (!images) return <Skeleton className="h-40" />;
  if (images.length === 0)
    return <p className="text-ink-soft">No image was uploaded yet. The first one appears here.</p>;
  return (
    <ul className="grid grid-cols-2 gap-3 sm:grid-cols-3">
      {images.map((image) => (
        <li key={image.id} className="flex min-w-0">
          <button
            type="button"
            onClick={() => onChoose(image)}
            className="flex min-w-0 grow flex-col gap-1 rounded-md border border-rule-strong p-2 text-left transition-colors hover:border-field hover:bg-well"
          >
            {/* biome-ignore lint/performance/noImgElement: stored as it was uploaded, and shown as it is sent */}
            <img src={image.src} alt="" loading="lazy" className="h-24 w-full rounded-sm bg-well object-contain" />
            <span className="truncate text-xs">{image.fileName}</span>
            {image.width && image.height && (
              <span className="figure text-ink-faint text-xs">
                {image.width} × {image.height}
              </span>
            )}
          </button>
        </li>
      ))}
    </ul>
  );
}
