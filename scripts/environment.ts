import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

export type Environment = Record<string, string | undefined>;

export const ROOT = path.dirname(import.meta.dirname);

/** The environment as Node's spawn wants it; production unless it says otherwise. */
export function forChild(env: Environment): NodeJS.ProcessEnv {
  return { ...env, NODE_ENV: env.NODE_ENV ?? 'production' } as NodeJS.ProcessEnv;
}

/** The environment this process was given, with `.env.local` and `.env` filling what is not set. */
export function givenEnvironment(): Environment {
  for (const name of ['.env.local', '.env']) {
    const file = path.join(ROOT, name);
    if (existsSync(file)) process.loadEnvFile(file);
  }
  return { ...process.env };
}

/** Makes settings those of this process too, for scripts that call the product's own verbs. */
export function adoptEnvironment(env: Environment): void {
  for (const [name, value] of Object.entries(env)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
}

const secretsSchema = z.object({
  WAYBILL_SECRET: z.string().min(32),
  NEXTAUTH_SECRET: z.string().min(32),
  WAYBILL_ENGINE_SIGNING_KEY: z.string().startsWith('signkey-'),
});
const keptSchema = z
  .string()
  .transform((text, context) => {
    try {
      return JSON.parse(text) as unknown;
    } catch (error) {
      context.addIssue({ code: 'custom', message: String(error) });
      return z.NEVER;
    }
  })
  .pipe(secretsSchema);
export type Secrets = z.infer<typeof secretsSchema>;

const UNWRITABLE: Record<string, string> = {
  EROFS: 'the file system is read-only. Put Waybill where it may write',
  EACCES: 'this user may not write there. Give the folder to the user, or run Waybill as another',
  EPERM: 'this user may not write there. Give the folder to the user, or run Waybill as another',
  ENOSPC: 'the disk is full. Free some space',
  ENOTDIR: 'something that is not a folder is in the way',
};

/** The secrets of this installation: made once, readable by its owner only. Losing them signs everybody out. */
export function localSecrets(home: string): Secrets {
  const file = path.join(home, 'secrets.json');
  if (existsSync(file)) {
    const kept = keptSchema.safeParse(readFileSync(file, 'utf8'));
    if (kept.success) return kept.data;
    throw new Error(`${file} is damaged. Restore it from a backup, or remove it to have new secrets made.`);
  }
  const made: Secrets = {
    WAYBILL_SECRET: randomBytes(32).toString('base64url'),
    NEXTAUTH_SECRET: randomBytes(32).toString('base64url'),
    WAYBILL_ENGINE_SIGNING_KEY: `signkey-embedded-${randomBytes(32).toString('hex')}`,
  };
  const partial = `${file}.${process.pid}`;
  try {
    mkdirSync(home, { recursive: true });
    // never half a file under the real name
    writeFileSync(partial, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600 });
    renameSync(partial, file);
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    const why = UNWRITABLE[code] ?? String(cause);
    throw new Error(`Waybill cannot keep its data in ${home}: ${why}. Nothing was started.`, { cause });
  }
  return made;
}
