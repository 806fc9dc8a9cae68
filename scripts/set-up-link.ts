import { adoptEnvironment } from './environment';
import type { Stack } from './stack';

const LINK_HOURS = 24;

/** The link with which the first owner makes their account; null once somebody has one. */
export async function setUpLink(stack: Stack): Promise<string | null> {
  adoptEnvironment(stack.env);
  const [{ isUnclaimed }, { launchLink }, { closePool }] = await Promise.all([
    import('@/lib/features/workspaces/create-first-account'),
    import('@/lib/auth/launch-link'),
    import('@/lib/db/client'),
  ]);
  try {
    if (!(await isUnclaimed())) return null;
    const secret = stack.env.WAYBILL_SECRET ?? '';
    return launchLink('setup', stack.appUrl, secret, Date.now() + LINK_HOURS * 3_600_000);
  } finally {
    await closePool();
  }
}

/** Says where Waybill runs and, while nobody has an account, how to make the first one. */
export async function welcome(stack: Stack, say: (line: string) => void): Promise<void> {
  say(`Waybill runs at ${stack.appUrl}.`);
  const link = await setUpLink(stack);
  if (link) say(`Nobody has an account yet; this link makes the first (for ${LINK_HOURS} hours): ${link}`);
}
