import type { Metadata } from 'next';
import { Logo } from '@/components/shell/logo';
import { LinkButton } from '@/components/ui/link-button';

export const metadata: Metadata = { title: 'Not found' };

export default function NotFound() {
  return (
    <main id="main" className="mx-auto flex min-h-dvh max-w-md flex-col items-start justify-center gap-6 px-6">
      <Logo />
      <div className="flex flex-col gap-2">
        <h1 className="font-semibold text-xl">There is nothing at this address</h1>
        <p className="text-ink-soft">It was removed, or the link was cut short on its way.</p>
      </div>
      <LinkButton href="/" variant="primary">
        Start page
      </LinkButton>
    </main>
  );
}
