import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { clientTypes } from './api/client-types';
import { routeTable } from './api/route-table';
import { runCommand } from './command';
import { adoptEnvironment, givenEnvironment, ROOT } from './environment';

const TABLE = path.join(ROOT, 'app/api/v1/route-table.ts');
const TYPES = path.join(ROOT, 'clients/typescript/operations.ts');

/** Writes what follows from the route files: their table, and the types of the client. */
runCommand(async () => {
  adoptEnvironment(givenEnvironment());
  writeFileSync(TABLE, routeTable(path.join(ROOT, 'app/api/v1')));
  const { ROUTES } = await import('@/app/api/v1/route-table');
  const { openApiDocument } = await import('@/lib/http/openapi');
  writeFileSync(TYPES, clientTypes(openApiDocument(ROUTES, 'http://localhost:3000')));
  execFileSync(process.execPath, ['node_modules/@biomejs/biome/bin/biome', 'check', '--write', TABLE, TYPES], {
    cwd: ROOT,
    stdio: 'inherit',
  });
  return 0;
});
