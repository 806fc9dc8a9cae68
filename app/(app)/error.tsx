'use client';

import { Button } from '@/components/ui/button';
import { ErrorState } from '@/components/ui/error-state';
import { LinkButton } from '@/components/ui/link-button';

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
          <Button variant="primary" onClick={reset}>
            Try again
          </Button>
          <LinkButton href="/">Start page</LinkButton>
        </>
      }
    >
      Something went wrong on our side while it was put together. Nothing was changed, and sending goes on by itself.
    </ErrorState>
  );
}
