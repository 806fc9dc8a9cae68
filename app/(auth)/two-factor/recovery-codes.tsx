'use client';

import { Download } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';

/** Saves the codes where the person wants them, without asking anybody for them again. */
function download(codes: string[], email: string): void {
  const text = `Recovery codes of ${email} for Waybill. Each works once.\n\n${codes.join('\n')}\n`;
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = 'waybill-recovery-codes.txt';
  link.click();
  URL.revokeObjectURL(url);
}

/** Ten codes, this once. */
export function RecoveryCodes({ codes, email }: { codes: string[]; email: string }) {
  return (
    <div className="flex flex-col gap-3">
      <div className="relative rounded-md border border-rule-strong bg-well">
        <ol aria-label="Recovery codes" className="flex flex-col gap-1 py-4 pl-4 font-mono text-xs leading-5">
          {codes.map((code) => (
            <li key={code}>{code}</li>
          ))}
        </ol>
        <CopyButton value={codes.join('\n')} label="Copy the codes" className="absolute top-2 right-2 bg-well" />
      </div>
      <Button size="sm" className="self-start" onClick={() => download(codes, email)}>
        <Download /> Save as a file
      </Button>
    </div>
  );
}
