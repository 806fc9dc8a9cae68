'use client';

import { useEffect, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { FileDrop } from '@/components/ui/file-drop';
import { Notice } from '@/components/ui/notice';
import { duration } from '@/components/ui/time-words';
import { MAX_UPLOAD_BYTES } from '@/lib/domain/import';
import { uploadFile } from './upload-file';

interface ChooseFileProps {
  onUploaded: (uploadId: string) => void;
  /** Address of a file to try it with. */
  sampleHref?: string;
}

interface Sending {
  startedAtMs: number;
  bytes: number;
}

const MEGABYTE = 1_000_000;

function megabytes(bytes: number): string {
  return (bytes / MEGABYTE).toFixed(bytes < 10 * MEGABYTE ? 1 : 0);
}

/** First step: the file goes to the server in pieces while its progress is shown. */
export function ChooseFile({ onUploaded, sampleHref }: ChooseFileProps) {
  const [file, setFile] = useState<File | null>(null);
  const [sending, setSending] = useState<Sending>();
  const [problem, setProblem] = useState<string>();
  const stop = useRef<AbortController>(undefined);
  useEffect(() => () => stop.current?.abort(), []);

  async function send(chosen: File) {
    stop.current?.abort();
    const controller = new AbortController();
    stop.current = controller;
    setFile(chosen);
    setProblem(undefined);
    setSending({ startedAtMs: Date.now(), bytes: 0 });
    try {
      const onProgress = (bytes: number) => setSending((now) => now && { ...now, bytes });
      onUploaded(await uploadFile(chosen, { signal: controller.signal, onProgress }));
    } catch (error) {
      if (controller.signal.aborted) return;
      setSending(undefined);
      setProblem(error instanceof Error ? error.message : 'The file could not be sent.');
    }
  }

  function choose(chosen: File | null) {
    if (chosen) void send(chosen);
    else cancel();
  }

  function cancel() {
    stop.current?.abort();
    setSending(undefined);
    setProblem(undefined);
    setFile(null);
  }

  async function takeSample(href: string) {
    const response = await fetch(href);
    const name = href.split('/').at(-1) ?? 'sample.csv';
    await send(new File([await response.blob()], name, { type: 'text/csv', lastModified: 0 }));
  }

  return (
    <div className="flex max-w-2xl flex-col gap-6">
      <FileDrop
        className="[&>div]:min-h-48"
        label="Drop a CSV file here"
        hint="One person per row, up to 2 GB. Any encoding and delimiter; you can correct what is recognised."
        accept=".csv,.tsv,.txt,text/csv,text/tab-separated-values,text/plain"
        maxBytes={MAX_UPLOAD_BYTES}
        file={file}
        onFile={choose}
        disabled={sending !== undefined}
      />
      {sending && file && <SendingLine file={file} sending={sending} onCancel={cancel} />}
      {problem && (
        <Notice
          tone="failed"
          live
          title="The file has not arrived completely"
          actions={
            file && (
              <Button size="sm" onClick={() => void send(file)}>
                Go on
              </Button>
            )
          }
        >
          {problem} What arrived is kept: the same file goes on where it stopped.
        </Notice>
      )}
      {sampleHref && !sending && (
        <p className="text-ink-soft">
          No file at hand?{' '}
          <button
            type="button"
            onClick={() => void takeSample(sampleHref)}
            className="rounded-xs text-link underline decoration-link/40 underline-offset-[3px] hover:decoration-link"
          >
            Use the sample file
          </button>{' '}
          of invited customers; some of its rows are wrong on purpose.
        </p>
      )}
    </div>
  );
}

function SendingLine({ file, sending, onCancel }: { file: File; sending: Sending; onCancel: () => void }) {
  const { bytes, startedAtMs } = sending;
  const isSent = bytes >= file.size;
  const elapsedMs = Date.now() - startedAtMs;
  const left = bytes > 0 ? ((file.size - bytes) / bytes) * elapsedMs : undefined;
  const percent = Math.floor((bytes / Math.max(1, file.size)) * 100);
  return (
    <div className="flex flex-col gap-2" role="status">
      <div className="flex items-center justify-between gap-4">
        <span className="font-medium">{isSent ? 'Putting it together…' : 'Sending the file…'}</span>
        <span className="flex items-center gap-3">
          <span className="figure text-ink-soft text-xs">
            {megabytes(bytes)} of {megabytes(file.size)} MB
          </span>
          <Button size="sm" variant="quiet" onClick={onCancel}>
            Cancel
          </Button>
        </span>
      </div>
      <div
        role="progressbar"
        aria-label="Sending the file"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
        className="h-1.5 overflow-hidden rounded-xs bg-rule"
      >
        <div className="h-full bg-ink transition-[width]" style={{ width: `${percent}%` }} />
      </div>
      {left !== undefined && !isSent && elapsedMs > 3000 && (
        <p className="text-ink-faint text-xs">about {duration(left)} left</p>
      )}
    </div>
  );
}
