'use client';

import { History } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useScale } from '@/components/preview/mail-frame';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { RelativeTime } from '@/components/ui/relative-time';
import { Sheet } from '@/components/ui/sheet';
import { Skeleton } from '@/components/ui/skeleton';
import { ApiProblem, apiCall } from './api-call';

interface Version {
  revision: number;
  savedBy: string;
  savedAt: string;
}

interface VersionsSheetProps {
  templateId: string;
  revision: number;
  isReadOnly: boolean;
  onRestore: (version: number) => Promise<void>;
}

/** What the template was before, to look at and to go back to. */
export function VersionsSheet({ templateId, revision, isReadOnly, onRestore }: VersionsSheetProps) {
  const [open, setOpen] = useState(false);
  return (
    <Sheet
      title="Versions"
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button size="sm" variant="quiet">
          <History /> Versions
        </Button>
      }
    >
      <VersionList
        templateId={templateId}
        current={revision}
        onRestore={
          isReadOnly
            ? null
            : async (version) => {
                await onRestore(version);
                setOpen(false);
              }
        }
      />
    </Sheet>
  );
}

interface VersionListProps {
  templateId: string;
  current: number;
  onRestore: ((version: number) => Promise<void>) | null;
}

function VersionList({ templateId, current, onRestore }: VersionListProps) {
  const [versions, setVersions] = useState<Version[] | null>(null);
  const [problem, setProblem] = useState<string>();
  const [shown, setShown] = useState<number | null>(null);
  const [restoring, setRestoring] = useState<number | null>(null);

  useEffect(() => {
    const abort = new AbortController();
    apiCall<{ items: Version[] }>(`templates/${templateId}/versions`, { signal: abort.signal })
      .then(({ items }) => setVersions(items))
      .catch((error: unknown) => {
        if (error instanceof ApiProblem) setProblem(error.message);
        else if (!abort.signal.aborted) throw error;
      });
    return () => abort.abort();
  }, [templateId]);

  if (problem) return <Notice tone="failed" title={problem} live />;
  if (!versions) return <Skeleton className="h-40" />;
  return (
    <>
      <p className="pb-3 text-ink-soft text-sm">
        One version for every five minutes of one person’s work; the newest hundred are kept.
      </p>
      <ol className="divide-y divide-rule border-rule border-y">
        {versions.map(({ revision, savedBy, savedAt }) => (
          <li key={revision} className="flex flex-col gap-3 py-3">
            <div className="flex flex-wrap items-center justify-between gap-2">
              <span className="min-w-0">
                <span className="flex items-center gap-2 font-medium">
                  Version {revision} {revision === current && <Badge>Current</Badge>}
                </span>
                <span className="block text-ink-faint text-xs">
                  {savedBy}, <RelativeTime at={savedAt} />
                </span>
              </span>
              <span className="flex gap-2">
                <Button
                  size="sm"
                  variant="quiet"
                  aria-expanded={shown === revision}
                  aria-label={`Look at version ${revision}`}
                  onClick={() => setShown(shown === revision ? null : revision)}
                >
                  {shown === revision ? 'Hide' : 'Look'}
                </Button>
                {onRestore && revision !== current && (
                  <Button
                    size="sm"
                    pending={restoring === revision}
                    disabled={restoring !== null}
                    aria-label={`Restore version ${revision}`}
                    onClick={async () => {
                      setRestoring(revision);
                      await onRestore(revision);
                      setRestoring(null);
                    }}
                  >
                    Restore
                  </Button>
                )}
              </span>
            </div>
            {shown === revision && <VersionPicture templateId={templateId} revision={revision} />}
          </li>
        ))}
      </ol>
    </>
  );
}

const SCREEN_PX = 640;
const HEIGHT_PX = 420;

function VersionPicture({ templateId, revision }: { templateId: string; revision: number }) {
  const { box, scale } = useScale(SCREEN_PX);
  return (
    <div
      ref={box}
      className="overflow-hidden rounded-md border border-rule-strong bg-white"
      style={{ height: HEIGHT_PX }}
    >
      <iframe
        title={`Version ${revision}`}
        src={`/api/v1/templates/${templateId}/document?revision=${revision}`}
        sandbox=""
        className="origin-top-left border-0"
        style={{ width: SCREEN_PX, height: HEIGHT_PX / scale, transform: `scale(${scale})`, colorScheme: 'light' }}
      />
    </div>
  );
}
