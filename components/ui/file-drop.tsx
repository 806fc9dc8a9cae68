'use client';

import { FileUp, X } from 'lucide-react';
import { useId, useRef, useState } from 'react';
import { cn } from './cn';
import { FieldError } from './field';
import { IconButton } from './icon-button';

interface FileDropProps {
  /** `Drop a CSV file here`. */
  label: string;
  hint?: string;
  /** As in `<input accept>`. */
  accept?: string;
  maxBytes?: number;
  file: File | null;
  onFile: (file: File | null) => void;
  error?: string;
  name?: string;
  disabled?: boolean;
  className?: string;
}

function fileSize(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB'] as const;
  const power = Math.min(units.length - 1, bytes > 0 ? Math.floor(Math.log10(bytes) / 3) : 0);
  return `${(bytes / 1000 ** power).toFixed(power === 0 ? 0 : 1)} ${units[power]}`;
}

export function FileDrop(props: FileDropProps) {
  const { label, hint, accept, maxBytes, file, onFile, error, name, disabled = false, className } = props;
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const [tooLarge, setTooLarge] = useState<string>();

  function take(next: File | undefined) {
    if (!next) return;
    if (maxBytes !== undefined && next.size > maxBytes) {
      setTooLarge(`${next.name} has ${fileSize(next.size)}; at most ${fileSize(maxBytes)} can be taken.`);
      return;
    }
    setTooLarge(undefined);
    onFile(next);
  }

  function drop() {
    if (input.current) input.current.value = '';
    onFile(null);
  }

  return (
    <div className={cn('flex flex-col gap-1.5', className)}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is an extra; the input inside does the same by keyboard */}
      <div
        onDragOver={(event) => {
          event.preventDefault();
          setOver(!disabled);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          if (!disabled) take(event.dataTransfer.files[0]);
        }}
        className={cn(
          'relative flex min-h-32 flex-col items-center justify-center gap-2 rounded-lg border border-field border-dashed bg-sheet p-6 text-center transition-colors has-[input:focus-visible]:outline-2 has-[input:focus-visible]:outline-link has-[input:focus-visible]:outline-offset-2',
          over && 'border-link border-solid bg-link-wash',
          disabled && 'opacity-50',
        )}
      >
        <input
          ref={input}
          id={id}
          type="file"
          name={name}
          accept={accept}
          disabled={disabled}
          aria-describedby={hint ? `${id}-hint` : undefined}
          onChange={(event) => take(event.target.files?.[0])}
          className="absolute inset-0 cursor-pointer opacity-0 disabled:cursor-not-allowed"
        />
        <FileUp className="size-5 text-ink-faint" aria-hidden="true" />
        {file ? (
          <span className="relative flex max-w-full items-center gap-2 font-medium">
            <span className="truncate">{file.name}</span>
            <span className="figure font-normal text-ink-soft">{fileSize(file.size)}</span>
            <IconButton label={`Remove ${file.name}`} icon={<X />} onClick={drop} disabled={disabled} />
          </span>
        ) : (
          <label htmlFor={id} className="font-medium">
            {label} <span className="font-normal text-ink-soft">or choose one</span>
          </label>
        )}
        {hint && (
          <p id={`${id}-hint`} className="text-ink-faint text-xs">
            {hint}
          </p>
        )}
        {file && (
          <label htmlFor={id} className="sr-only">
            {label}
          </label>
        )}
      </div>
      <FieldError message={tooLarge ?? error} />
    </div>
  );
}
