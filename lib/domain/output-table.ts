import { z } from 'zod';

/** Contact fields, attribute keys, or `outcome`, in the order of the table. */
export const outputColumnsSchema = z
  .array(z.string().trim().min(1).max(80))
  .max(60)
  .refine((columns) => new Set(columns).size === columns.length, { error: 'A column is named twice.' });

export const outputSlugSchema = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,59}$/, { error: 'Use small letters, digits and _, starting with a letter.' });

export const outputTableSchema = z.object({
  name: z.string().trim().min(1, { error: 'A name is missing.' }).max(80),
  /** The stable name in CSV files and SQL views; made from the name when absent. */
  slug: outputSlugSchema.optional(),
  columns: outputColumnsSchema.default([]),
});

/** `Phone launch, wave 1` → `phone_launch_wave_1`. */
export function slugOf(name: string): string {
  const slug = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[^a-z]+|_+$/g, '')
    .slice(0, 60);
  return slug === '' ? 'table' : slug;
}
