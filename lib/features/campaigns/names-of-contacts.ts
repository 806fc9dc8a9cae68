import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import { contactName } from '@/lib/domain/contact-name';

export interface NamedContact {
  id: string;
  name: string;
  detail: string;
}

type Row = { id: string } & Parameters<typeof contactName>[0];

/** How these contacts are called, in the order given; those that are gone are left out. */
export async function namesOfContacts(ctx: Ctx, ids: readonly string[]): Promise<NamedContact[]> {
  authorise(ctx, 'contacts.read');
  if (ids.length === 0) return [];
  const rows = await withTx(
    ctx,
    ({ sql }) => sql<Row[]>`
      select id, external_id as "externalId", email, phone, first_name as "firstName", last_name as "lastName"
      from contacts where workspace_id = ${ctx.workspaceId} and id = any(${[...ids]}::text[]) and erased_at is null`,
  );
  return ids.flatMap((id) => {
    const row = rows.find((each) => each.id === id);
    if (!row) return [];
    const name = contactName(row);
    return [{ id, name, detail: [row.email, row.phone].find((text) => text && text !== name) ?? '' }];
  });
}
