import { z } from 'zod';
import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import { attributeKeySchema } from '@/lib/domain/attribute';
import { parseInput } from '@/lib/domain/parse-input';

const listAttributeValuesSchema = z.object({ key: attributeKeySchema });

const NEWEST = 5000;
const MAX_VALUES = 50;

/** The values that an attribute has most often among the newest contacts, for offering while somebody types. */
export async function listAttributeValues(
  ctx: Ctx,
  input: z.input<typeof listAttributeValuesSchema>,
): Promise<{ values: string[] }> {
  authorise(ctx, 'contacts.read');
  const { key } = parseInput(listAttributeValuesSchema, input);
  return withTx(ctx, async ({ sql }) => {
    const rows = await sql<{ value: string }[]>`
      with newest as (
        select attributes -> ${key} as value from contacts
        where workspace_id = ${ctx.workspaceId} and erased_at is null order by id desc limit ${NEWEST}
      ), single as (
        select value #>> '{}' as value from newest where jsonb_typeof(value) = 'string'
        union all
        select t.value from newest cross join lateral jsonb_array_elements_text(
          case when jsonb_typeof(newest.value) = 'array' then newest.value else '[]'::jsonb end) as t(value)
      )
      select value from single where length(value) between 1 and 100
      group by value order by count(*) desc, value limit ${MAX_VALUES}`;
    return { values: rows.map(({ value }) => value) };
  });
}
