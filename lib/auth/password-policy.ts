export const PASSWORD_MIN = 12;
export const PASSWORD_MAX = 128;

const COMMON = [
  'password',
  'passwort',
  'letmein',
  'welcome',
  'qwerty',
  'qwertz',
  'iloveyou',
  'admin',
  'waybill',
  'secret',
];
const RUNS = [
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890123456789',
  'qwertyuiopasdfghjklzxcvbnm',
  'qwertzuiopasdfghjklyxcvbnm',
];

function isGuessable(password: string, known: readonly string[]): boolean {
  const lower = password.toLowerCase();
  if (new Set(lower).size < 5) return true;
  const runs = RUNS.flatMap((run) => [run, [...run].reverse().join('')]);
  const withoutKnown = [...COMMON, ...known].reduce((rest, word) => rest.replaceAll(word, ''), lower);
  const letters = withoutKnown.replace(/[^\p{L}\p{N}]/gu, '');
  return letters.length < 6 || runs.some((run) => run.includes(letters)) || /^\d+$/.test(lower);
}

/**
 * What is wrong with a new password, as one sentence, or null. Length over composition, and nothing guessable from
 * the person's own address (OWASP ASVS 5.0 6.2.1, 6.2.4, 6.2.9, 6.2.11).
 */
export function passwordIssue(password: string, email: string): string | null {
  const length = [...password].length;
  if (length < PASSWORD_MIN) return `Use at least ${PASSWORD_MIN} characters; four or five words do well.`;
  if (length > PASSWORD_MAX) return `Use at most ${PASSWORD_MAX} characters.`;
  const known = email
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((part) => part.length >= 4);
  return isGuessable(password, known) ? 'This is among the first things an attacker would try. Choose another.' : null;
}
