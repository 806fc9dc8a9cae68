import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ROOT } from '../environment';
import { binOf, runTool } from '../run-tool';

/**
 * The migrations are sound and lead to the schema in lib/db/schema. Generates into a copy, so nothing of the project is
 * changed; a statement that would have to be added is shown.
 */
export async function migrationsInStep(): Promise<string[]> {
  const work = mkdtempSync(path.join(os.tmpdir(), 'waybill-migrations-'));
  try {
    const copy = path.join(work, 'drizzle');
    cpSync(path.join(ROOT, 'drizzle'), copy, { recursive: true });
    const before = new Set(readdirSync(copy));
    const config = path.join(work, 'drizzle.config.json');
    // drizzle-kit takes `out` from its working folder even when it is absolute
    const out = path.relative(ROOT, copy);
    const schema = path.join(ROOT, 'lib/db/schema/*.ts');
    writeFileSync(config, JSON.stringify({ dialect: 'postgresql', schema, out, casing: 'snake_case' }));
    const checked = await runTool(binOf('drizzle-kit'), ['check', '--config', config]);
    if (checked.code !== 0) return [`The migrations are not sound:\n${checked.output.trim()}`];
    const generated = await runTool(binOf('drizzle-kit'), ['generate', '--config', config, '--name', 'missing']);
    if (generated.code !== 0)
      return [`drizzle-kit could not compare schema and migrations:\n${generated.output.trim()}`];
    const added = readdirSync(copy).filter((name) => !before.has(name) && name.endsWith('.sql'));
    return added.map((name) => {
      const statements = readFileSync(path.join(copy, name), 'utf8').trim();
      return `The schema is ahead of the migrations; run npm run db:generate. It would add:\n${statements}`;
    });
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
