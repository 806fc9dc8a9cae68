'use client';

import { Button } from '@/components/ui/button';
import { ErrorState } from '@/components/ui/error-state';

interface Props {
  error: Error & { digest?: string };
  reset: () => void;
}

export default function AuthError({ error, reset }: Props) {
  return (
    <ErrorState
      title="This page could not be shown"
      reference={error.digest}
      action={
        <Button variant="primary" onClick={reset}>
          Try again
        </Button>
      }
    >
      Something went wrong on our side. Nothing was changed.
    </ErrorState>
  );
}
