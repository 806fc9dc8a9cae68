import { createRequire } from 'node:module';
import path from 'node:path';
import { ROOT } from './environment';

interface Esbuild {
  build(options: Record<string, unknown>): Promise<unknown>;
}

/** The bundler that tsx brings along. */
function esbuild(): Esbuild {
  const fromTsx = createRequire(createRequire(import.meta.url).resolve('tsx'));
  return fromTsx('esbuild') as Esbuild;
}

export interface BundleOptions {
  /** Leaves packages where they are: for a program that shares them with Next, which must exist once in a process. */
  sharesPackages?: boolean;
}

/** Where a bundled program lies. */
export function bundleName(entry: string, { sharesPackages = false }: BundleOptions = {}): string {
  return `${path.basename(entry, '.ts')}.${sharesPackages ? 'cjs' : 'mjs'}`;
}

/**
 * Puts a program and all it imports into one file of plain JavaScript, which starts in a fraction of the time and memory
 * of translating its sources at every start. Answers the file.
 */
export async function bundleProgram(entry: string, folder: string, options: BundleOptions = {}): Promise<string> {
  const outfile = path.join(folder, bundleName(entry, options));
  await esbuild().build({
    absWorkingDir: ROOT,
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    jsx: 'automatic',
    logLevel: 'error',
    ...(options.sharesPackages
      ? { format: 'cjs', packages: 'external' }
      : {
          format: 'esm',
          // all is in the one file; tsx would rewrite one with import() in it, at a second for the megabytes
          supported: { 'dynamic-import': false },
          // packages in CommonJS still ask for Node's own modules
          banner: {
            js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
          },
        }),
  });
  return outfile;
}
