'use client';

import { buttonStyle } from '@/components/ui/button-style';
import { ErrorState } from '@/components/ui/error-state';

interface Props {
  error: Error & { digest?: string };
  reset: () => void;
}

/** A page that could not be drawn; the shell around it stays. */
export default function PageError({ error, reset }: Props) {
  return (
    <ErrorState
      title="This page could not be shown"
      reference={error.digest}
      action={
        <>
          <button type="button" className={buttonStyle({ variant: 'primary' })} onClick={reset}>
            Try again
          </button>
          <a href="/" className={buttonStyle()}>
            Start page
          </a>
        </>
      }
    >
      Something went wrong on our side while it was put together. Nothing was changed, and sending goes on by itself.
    </ErrorState>
  );
}
