'use client';

import { MailOpen } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { Address } from '@/components/ui/address';
import { Button } from '@/components/ui/button';

interface CheckMailProps {
  address?: string;
  onAgain?: () => void;
}

/** Says the same whether the address has an account or not. */
export function CheckMail({ address, onAgain }: CheckMailProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <div className="flex flex-col gap-5 border-accepted border-t-2 pt-6">
      <MailOpen className="size-6 text-accepted-ink" aria-hidden="true" />
      <div className="flex flex-col gap-2">
        <h2 ref={heading} tabIndex={-1} className="font-semibold text-lg focus:outline-none">
          Check your mail
        </h2>
        <p className="text-ink-soft">
          If{' '}
          {address ? (
            <strong className="font-medium text-ink">
              <Address value={address} />
            </strong>
          ) : (
            'your address'
          )}{' '}
          has an account, a link is on its way to it. It works once, for 15 minutes.
        </p>
        <p className="text-ink-soft">
          Nothing there after a minute or two? Look in the spam folder, and check the address.
        </p>
      </div>
      {onAgain && (
        <Button onClick={onAgain} className="self-start">
          Use another address
        </Button>
      )}
    </div>
  );
}
