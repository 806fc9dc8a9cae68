import { invitedAddressSchema } from '@/lib/features/workspaces/invited-address';

/** The address to look up, or null if the text is not exactly one address. */
export function readSignInEmail(text: unknown): string | null {
  const parsed = invitedAddressSchema.safeParse(text);
  return parsed.success ? parsed.data : null;
}
