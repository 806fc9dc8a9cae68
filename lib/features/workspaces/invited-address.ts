import { z } from 'zod';

/**
 * Exactly one plain address, in lower case. Lists, display names, quotes, comments, markup and control characters are
 * refused rather than cut away: what is looked up and what is written to must be one and the same.
 */
export const invitedAddressSchema = z
  .string()
  .trim()
  .max(254, 'This address is too long.')
  .regex(/^[^\s@,;:<>()[\]"'\\`]+@[^\s@,;:<>()[\]"'\\`]+$/u, 'Enter one email address, such as ada@example.com.')
  .transform((value) => value.normalize('NFKC').toLowerCase())
  .pipe(z.email('Enter one email address, such as ada@example.com.'));
