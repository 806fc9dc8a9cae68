'use client';

import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { cn } from './cn';
import { toast } from './toast';

interface CopyButtonProps {
  value: string;
  /** What is copied, for the accessible name: `Copy run id`. */
  label: string;
  className?: string;
}

export function CopyButton({ value, label, className }: CopyButtonProps) {
  const [copied, setCopied] = useState(false);

  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 1500);
    return () => clearTimeout(timer);
  }, [copied]);

  async function copy() {
    try {
      await navigator.clipboard.writeText(value);
      setCopied(true);
    } catch {
      toast.failed('The browser did not allow copying.', { description: value });
    }
  }

  return (
    <button
      type="button"
      aria-label={copied ? 'Copied' : label}
      onClick={copy}
      className={cn(
        'inline-grid size-6 shrink-0 place-items-center rounded-sm text-ink-faint transition-colors hover:bg-well hover:text-ink',
        className,
      )}
    >
      {copied ? <Check className="size-3.5 text-accepted-ink" /> : <Copy className="size-3.5" />}
    </button>
  );
}
