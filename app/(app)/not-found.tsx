import { EmptyState } from '@/components/ui/empty-state';
import { LinkButton } from '@/components/ui/link-button';

export default function NotFoundPage() {
  return (
    <EmptyState
      title="There is nothing at this address"
      action={
        <LinkButton href="/" variant="primary">
          Start page
        </LinkButton>
      }
    >
      It was removed, never existed, or belongs to another workspace. Switch the workspace above the navigation if you
      expected it there.
    </EmptyState>
  );
}
