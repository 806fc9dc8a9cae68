import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { LEAKED_BYTES, leakedForm } from '@/lib/auth/leaked-passwords';
import { PASSWORD_MAX, PASSWORD_MIN, passwordIssue } from '@/lib/auth/password-policy';
import { readArguments, runCommand } from './command';
import { ROOT } from './environment';

const USAGE = 'node scripts/run.mjs leaked-passwords FILE';
const { positionals } = readArguments({}, USAGE);

/**
 * Makes lib/auth/leaked-list.ts anew of a list of leaked passwords, one a line. Of each that the policy would let through
 * only the beginning of its digest is kept.
 */
runCommand(async () => {
  const [file] = positionals;
  if (!file) throw new Error(USAGE);
  const all = readFileSync(file, 'utf8').split(/\r?\n/);
  const long = all.filter((text) => [...text].length >= PASSWORD_MIN && [...text].length <= PASSWORD_MAX);
  const passing = new Set(long.filter((text) => passwordIssue(text, '') === null).map(leakedForm));
  const digests = [...passing].map((text) => createHash('sha256').update(text).digest().subarray(0, LEAKED_BYTES));
  const bytes = Buffer.concat(digests.sort(Buffer.compare));
  const lines = [
    `// ${passing.size} leaked passwords of ${PASSWORD_MIN} characters or more, as the first ${LEAKED_BYTES} bytes of their SHA-256, sorted.`,
    '// Made by scripts/leaked-passwords.ts of the million most common ones (SecLists, 10-million-password-list-top-1000000, MIT).',
    `export const LEAKED_LIST = '${bytes.toString('base64')}';`,
  ];
  writeFileSync(path.join(ROOT, 'lib', 'auth', 'leaked-list.ts'), `${lines.join('\n')}\n`);
  console.log(`${passing.size} of ${all.length} are kept.`);
  return 0;
});
