import { createHmac, timingSafeEqual } from 'node:crypto';

export type LaunchPurpose = 'demo' | 'setup';

function mac(purpose: LaunchPurpose, expiresAtMs: number, secret: string): string {
  return createHmac('sha256', secret).update(`${purpose}:${expiresAtMs}`).digest('base64url');
}

/**
 * What the launcher prints so that the person at its terminal gets in: `/demo?token=…` signs in to the demo workspace,
 * `/setup?token=…` makes the first account. Only somebody who holds the installation's secret can make one.
 */
export function launchLink(purpose: LaunchPurpose, baseUrl: string, secret: string, expiresAtMs: number): string {
  return new URL(`/${purpose}?token=${expiresAtMs}.${mac(purpose, expiresAtMs, secret)}`, baseUrl).href;
}

/** Whether a token was made by `launchLink` for this purpose and has not expired. */
export function isLaunchToken(purpose: LaunchPurpose, token: string, secret: string, nowMs: number): boolean {
  const match = /^(\d{13})\.([\w-]{43})$/.exec(token);
  if (!match?.[1] || !match[2]) return false;
  const right = Buffer.from(mac(purpose, Number(match[1]), secret));
  return timingSafeEqual(Buffer.from(match[2]), right) && nowMs < Number(match[1]);
}
