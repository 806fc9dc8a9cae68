import { KeyRound } from 'lucide-react';
import type { Metadata } from 'next';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { TextLink } from '@/components/ui/link-button';
import { Section } from '@/components/ui/section';
import { requirePermission } from '@/lib/auth/current';
import { may } from '@/lib/context';
import { SCOPE_WORDS } from '@/lib/domain/scope-words';
import { listApiKeys } from '@/lib/features/api-keys/list-api-keys';
import { ProveFirst } from '../prove-first';
import { KeyButton } from './key-button';
import { KeyTable } from './key-table';

export const metadata: Metadata = { title: 'API keys' };

export default async function KeysPage() {
  const ctx = await requirePermission('keys.manage');
  const { items } = await listApiKeys(ctx, { limit: 200 });
  const scopes = SCOPE_WORDS.filter(({ scope }) => may(ctx, scope));
  const keys = items.map(({ createdAt, expiresAt, lastUsedAt, revokedAt, ...key }) => ({
    ...key,
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt?.toISOString() ?? null,
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
    isOver: revokedAt !== null || (expiresAt !== null && expiresAt < new Date()),
    isRevoked: revokedAt !== null,
  }));
  return (
    <>
      <ProveFirst what="make a key" returnTo="/settings/keys" />
      <Section
        title="API keys"
        description={
          <>
            For other systems. What they can do is told in the <TextLink href="/developers">API documentation</TextLink>
            .
          </>
        }
        actions={
          <KeyButton
            scopes={scopes}
            trigger={
              <Button variant="primary">
                <KeyRound /> Make a key
              </Button>
            }
          />
        }
      >
        <KeyTable
          keys={keys}
          empty={
            <EmptyState title="No keys yet">
              Make one for each system that talks to Waybill, with no more rights than it needs.
            </EmptyState>
          }
        />
      </Section>
    </>
  );
}
