import { z } from 'zod';
import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import { contactName } from '@/lib/domain/contact-name';
import { parseInput } from '@/lib/domain/parse-input';

export const findPreviewContactsSchema = z.object({ q: z.string().trim().max(200).default('') });

export interface PreviewContact {
  id: string;
  name: string;
  /** Tells people of one name apart. */
  detail: string;
}

interface Row {
  id: string;
  externalId: string | null;
  email: string | null;
  phone: string | null;
  firstName: string | null;
  lastName: string | null;
}

const MOST = 10;

/** Words of a name as a prefix search; null if there is nothing to search for. */
function nameQuery(q: string): string | null {
  const words = q.match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.length === 0 ? null : words.map((word) => `${word}:*`).join(' & ');
}

function rowToContact(row: Row): PreviewContact {
  const name = contactName(row);
  const detail = [row.email, row.phone, row.externalId].find((value) => value && value !== name) ?? '';
  return { id: row.id, name, detail };
}

/** A few contacts whose name, address, phone or customer number begins with `q`; the newest when it is empty. */
export async function findPreviewContacts(
  ctx: Ctx,
  input: z.input<typeof findPreviewContactsSchema> = {},
): Promise<PreviewContact[]> {
  authorise(ctx, 'contacts.read');
  const { q } = parseInput(findPreviewContactsSchema, input);
  const prefix = `${q.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`;
  const exact = `${q.replace(/[\\%_]/g, '\\$&')}%`;
  const names = nameQuery(q);
  const rows = await withTx(ctx, async ({ sql }) => {
    const columns = sql`id, external_id as "externalId", email, phone, first_name as "firstName", last_name as "lastName"`;
    const own = sql`workspace_id = ${ctx.workspaceId} and erased_at is null`;
    if (q === '') return await sql<Row[]>`select ${columns} from contacts where ${own} order by id desc limit ${MOST}`;
    return await sql<Row[]>`
      (select ${columns} from contacts where ${own} and email like ${prefix} order by email limit ${MOST})
      union (select ${columns} from contacts where ${own} and external_id like ${exact} limit ${MOST})
      union (select ${columns} from contacts where ${own} and phone like ${exact} limit ${MOST})
      ${
        names === null
          ? sql``
          : sql`union (select ${columns} from contacts where ${own}
              and to_tsvector('simple'::regconfig, coalesce(first_name, '') || ' ' || coalesce(last_name, ''))
                  @@ to_tsquery('simple', ${names}) limit ${MOST})`
      }
      limit ${MOST}`;
  });
  return rows.map(rowToContact);
}
