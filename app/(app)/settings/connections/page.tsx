import { Plus } from 'lucide-react';
import type { Metadata } from 'next';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { TextLink } from '@/components/ui/link-button';
import { Section } from '@/components/ui/section';
import { requirePermission } from '@/lib/auth/current';
import { toWire } from '@/lib/domain/wire';
import { listOutputConnections } from '@/lib/features/outputs/list-output-connections';
import { ProveFirst } from '../prove-first';
import { ConnectionButton } from './connection-button';
import { ConnectionTable } from './connection-table';

export const metadata: Metadata = { title: 'Connections' };

export default async function ConnectionsPage() {
  const ctx = await requirePermission('providers.manage');
  const connections = await listOutputConnections(ctx);
  const add = (
    <ConnectionButton
      trigger={
        <Button variant="primary">
          <Plus /> Add a connection
        </Button>
      }
    />
  );
  return (
    <>
      <ProveFirst what="add or change a connection" returnTo="/settings/connections" />
      <Section
        title="Connections"
        description={
          <>
            Where record steps write besides the <TextLink href="/outputs">output tables</TextLink> of this workspace: a
            PostgreSQL of yours, or an address that takes signed batches.
          </>
        }
        actions={add}
      >
        {connections.length === 0 ? (
          <EmptyState title="No connection yet">
            Record steps write into output tables here. Add a connection to have rows written to another system.
          </EmptyState>
        ) : (
          <ConnectionTable connections={toWire(connections)} />
        )}
      </Section>
    </>
  );
}
