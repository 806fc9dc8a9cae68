import { z } from 'zod';

/** Where a page begins and how long it is; the cursor comes from the page before. */
export const pageQuery = z.object({
  cursor: z.string().max(1000).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/** `true` or `false` in a query. */
export const flagQuery = z
  .enum(['true', 'false'])
  .default('false')
  .transform((text) => text === 'true');
