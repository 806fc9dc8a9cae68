import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../environment';

const SOURCE_FOLDERS = ['app', 'components', 'emails', 'lib', 'e2e', 'scripts'];

export interface SourceFile {
  /** From the root, with forward slashes. */
  file: string;
  source: string;
}

function below(folder: string): string[] {
  if (!existsSync(path.join(ROOT, folder))) return [];
  return readdirSync(path.join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const name = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : below(name);
    return [name];
  });
}

/** The files of the project below the folders people write in, and the configuration files beside them. */
export function filesEndingIn(pattern: RegExp, folders: string[] = SOURCE_FOLDERS): SourceFile[] {
  const atRoot = readdirSync(ROOT, { withFileTypes: true }).filter(
    (entry) => entry.isFile() && !entry.name.startsWith('next-env'),
  );
  return [...atRoot.map((entry) => entry.name), ...folders.flatMap(below)]
    .filter((file) => pattern.test(file))
    .map((file) => ({ file, source: readFileSync(path.join(ROOT, file), 'utf8') }));
}
