import { z } from 'zod';
import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import { attributeKeyOf, attributeKeySchema, attributeTypeSchema, isReservedKey } from '@/lib/domain/attribute';
import { parseInput } from '@/lib/domain/parse-input';
import { AppError } from '@/lib/errors';
import { defineAttributes } from '@/lib/features/contacts/define-attributes';

export const defineAttributeSchema = z.object({
  label: z.string().trim().min(1).max(80),
  type: attributeTypeSchema,
  key: attributeKeySchema.optional(),
});

/** Defines an attribute; the same again changes nothing, another type for its key is a `conflict`. */
export async function defineAttribute(
  ctx: Ctx,
  input: z.input<typeof defineAttributeSchema>,
): Promise<{ key: string }> {
  authorise(ctx, 'contacts.write');
  const { label, type, key = attributeKeyOf(label) } = parseInput(defineAttributeSchema, input);
  if (isReservedKey(key)) throw new AppError('invalid', `“${key}” is a standard field and cannot be an attribute.`);
  await withTx(ctx, (tx) => defineAttributes(tx, ctx, [{ key, label, type }]));
  return { key };
}
