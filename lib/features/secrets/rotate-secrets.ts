import { pool } from '@/lib/db/client';
import { describeError } from '@/lib/errors';
import { rewrapSecret } from '@/lib/features/secrets/envelope';

interface SecretStore {
  table: string;
  column: string;
  /** One sealed secret in the column, or one per name. */
  holds: 'one' | 'named';
  /** Belongs to a person and to no workspace. */
  isPersonal?: boolean;
}

/** Every column that holds sealed secrets. */
const STORES: SecretStore[] = [
  { table: 'provider_accounts', column: 'secrets', holds: 'named' },
  { table: 'webhook_endpoints', column: 'secret', holds: 'one' },
  { table: 'output_connections', column: 'secret', holds: 'one' },
  { table: 'second_factors', column: 'secret', holds: 'one', isPersonal: true },
];

interface Row {
  id: string;
  workspaceId: string;
  sealed: Record<string, unknown>;
}

export interface Rotation {
  rows: number;
  rewrapped: number;
  /** Rows whose secret neither the current nor the previous WAYBILL_SECRET opens; they are left as they are. */
  unopened: { table: string; id: string; why: string }[];
}

/** The row's secrets closed under the current secret, or null if they are already. */
function rewrapRow({ table, column, holds }: SecretStore, { id, workspaceId, sealed }: Row): object | null {
  const place = { workspaceId, table, id };
  if (holds === 'one') return rewrapSecret({ ...place, column }, sealed);
  const renewed = Object.entries(sealed).map(([name, value]): [string, unknown, boolean] => {
    const next = rewrapSecret({ ...place, column: `${column}.${name}` }, value);
    return [name, next ?? value, next !== null];
  });
  return renewed.some(([, , isNew]) => isNew) ? Object.fromEntries(renewed) : null;
}

/**
 * Closes every stored secret under the current WAYBILL_SECRET, after it was changed and the old one named as
 * WAYBILL_SECRET_PREVIOUS. May run while everything else does, and again after being cut off; a secret that was entered
 * anew meanwhile is not overwritten.
 */
export async function rotateSecrets(): Promise<Rotation> {
  const rotation: Rotation = { rows: 0, rewrapped: 0, unopened: [] };
  const sql = pool();
  for (const store of STORES) {
    const { table, column, isPersonal = false } = store;
    const idColumn = sql(isPersonal ? 'user_id' : 'id');
    const rows = await sql<Row[]>`
      select ${idColumn} as id, ${isPersonal ? sql`''` : sql`workspace_id`} as "workspaceId", ${sql(column)} as sealed
      from ${sql(table)} where ${sql(column)} is not null order by 1`;
    for (const row of rows) {
      rotation.rows += 1;
      try {
        const renewed = rewrapRow(store, row);
        if (!renewed) continue;
        const updated = await sql`
          update ${sql(table)} set ${sql(column)} = ${JSON.stringify(renewed)}::text::jsonb
          where ${idColumn} = ${row.id} and ${sql(column)} = ${JSON.stringify(row.sealed)}::text::jsonb`;
        rotation.rewrapped += updated.count;
      } catch (error) {
        rotation.unopened.push({ table, id: row.id, why: describeError(error) });
      }
    }
  }
  return rotation;
}
