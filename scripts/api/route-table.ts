import { readdirSync } from 'node:fs';
import path from 'node:path';

/** The folders below app/api/v1 that hold a route, but for the one that publishes the document itself. */
export function routeFolders(root: string): string[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => path.basename(file) === 'route.ts' && !/^(openapi\.json|\[\[)/.test(file))
    .map((file) => path.dirname(file).replaceAll(path.sep, '/'))
    .sort();
}

export function pathOf(folder: string): string {
  return `/${folder.replace(/\[(\w+)\]/g, '{$1}')}`;
}

function nameOf(folder: string): string {
  return folder.replace(/[[\]]/g, '').replace(/[^A-Za-z0-9]+(.)/g, (_, letter: string) => letter.toUpperCase());
}

/** The source of app/api/v1/route-table.ts: every route file by its path. */
export function routeTable(root: string): string {
  const folders = routeFolders(root);
  const imports = folders.map((folder) => `import * as ${nameOf(folder)} from '@/app/api/v1/${folder}/route';`);
  const entries = folders.map((folder) => `  '${pathOf(folder)}': ${nameOf(folder)},`);
  return `${imports.join('\n')}
import type { RouteTable } from '@/lib/http/openapi';

/** Every route of the API by its path, written by \`npm run api\`. */
export const ROUTES: RouteTable = {
${entries.join('\n')}
};
`;
}
