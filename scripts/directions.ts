import path from 'node:path';
import {
  BASE,
  FORBIDDEN_FOLDERS,
  KEPT_PACKAGES,
  PLACES,
  type Place,
  READS_ENVIRONMENT,
  ROOMS,
} from './directions-table';

export interface Violation {
  file: string;
  line: number;
  says: string;
}

interface Import {
  specifier: string;
  line: number;
}

const PATTERNS = [
  /(?:^|[\s;{}])(?:import|export)\s+(?:[\w*{}\s,$]+?\s+from\s*)?(['"])([^'"\n]+)\1/g,
  /\b(?:import|require)\s*\(\s*(['"])([^'"\n]+)\1/g,
  /\bvi\.(?:mock|importActual)\s*\(\s*(['"])([^'"\n]+)\1/g,
];

/** The same text with comments blanked, so that positions stay; quotes and template literals are stepped over. */
export function withoutComments(source: string): string {
  const token = /\/\/[^\n]*|\/\*[\s\S]*?\*\/|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`/g;
  return source.replace(token, (found) => (found.startsWith('/') ? found.replace(/[^\n]/g, ' ') : found));
}

function lineAt(source: string, index: number): number {
  return source.slice(0, index).split('\n').length;
}

export function importsOf(source: string): Import[] {
  const code = withoutComments(source);
  return PATTERNS.flatMap((pattern) =>
    [...code.matchAll(pattern)].map((match) => {
      const specifier = match[2] ?? '';
      return { specifier, line: lineAt(code, match.index + match[0].lastIndexOf(specifier)) };
    }),
  );
}

const isWithin = (file: string, place: string) =>
  file === place || file.startsWith(`${place}/`) || file.replace(/\.[cm]?tsx?$/, '') === place;
const isTest = (file: string) =>
  /(\.(test|spec)\.tsx?|\/bench[\w-]*\.ts)$/.test(file) || /\/testing(\/|\.ts)/.test(file);
const packageOf = (specifier: string) =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

function placeOf(file: string): Place | undefined {
  return PLACES.filter((place) => isWithin(file, place.at)).sort((a, b) => b.at.length - a.at.length)[0];
}

/** The path from the root that a specifier names, or null for a package. */
function resolveInside(file: string, specifier: string): string | null {
  if (specifier.startsWith('@/')) return specifier.slice(2);
  if (specifier.startsWith('.')) return path.posix.normalize(path.posix.join(path.posix.dirname(file), specifier));
  return null;
}

function roomOf(file: string): string | null {
  return /^lib\/features\/([^/]+)\//.exec(file)?.[1] ?? null;
}

function checkRooms(file: string, target: string): string | null {
  const from = roomOf(file);
  const to = roomOf(`${target}/`);
  if (!from || !to || from === to || isTest(file)) return null;
  for (const room of [from, to]) {
    if (!ROOMS.includes(room))
      return `the room «${room}» has no place in the order of rooms (scripts/directions-table.ts)`;
  }
  if (ROOMS.indexOf(to) < ROOMS.indexOf(from)) return null;
  return `features/${from} may not import features/${to}: arrows between rooms run one way, ${to} comes after ${from}`;
}

function checkInside(file: string, target: string, place: Place): string | null {
  if (isWithin(target, place.at)) return checkRooms(file, target);
  const allowed = [...place.mayImport, ...(place.base === false ? [] : BASE)];
  if (allowed.some((one) => isWithin(target, one))) return null;
  if (isTest(file) && isWithin(target, 'lib/db')) return null;
  return `may not import ${target}: ${place.why}`;
}

function checkPackage(file: string, specifier: string, place: Place | undefined): string | null {
  if (isTest(file)) return null;
  const name = packageOf(specifier);
  const kept = KEPT_PACKAGES.find((one) => one.packages.includes(name));
  const inProduct = /^(app|components|emails|lib)\//.test(file);
  if (kept && inProduct && !kept.places.some((one) => isWithin(file, one)))
    return `may not import ${specifier}: ${kept.why}`;
  if (place?.packages && !place.packages.includes(specifier) && !place.packages.includes(name)) {
    return `may not import ${specifier}: ${place.why}`;
  }
  return null;
}

function environmentReads(file: string, source: string): Violation[] {
  if (READS_ENVIRONMENT.test(file) || isTest(file)) return [];
  const code = withoutComments(source).replace(/'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"/g, (text) =>
    ' '.repeat(text.length),
  );
  return [...code.matchAll(/\bprocess\.env\b/g)].map((match) => ({
    file,
    line: lineAt(code, match.index),
    says: 'reads process.env: only lib/env.ts, root configs and the launchers do',
  }));
}

function isBarrel(file: string, source: string): boolean {
  const code = withoutComments(source).trim();
  const rest = code.replace(/export\s+(type\s+)?(\*(\s+as\s+\w+)?|\{[^}]*\})\s+from\s*['"][^'"]+['"];?/g, '').trim();
  return path.posix.basename(file) === 'index.ts' && code !== '' && rest === '';
}

/** What a file does against the house rules: a wrong import, an environment read, a barrel, a folder without meaning. */
export function checkDirections(file: string, source: string): Violation[] {
  const place = placeOf(file);
  const found = environmentReads(file, source);
  for (const { specifier, line } of importsOf(source)) {
    const target = resolveInside(file, specifier);
    let says: string | null = null;
    if (target === null) says = checkPackage(file, specifier, place);
    else if (place) says = checkInside(file, target, place);
    if (says) found.push({ file, line, says });
  }
  if (isBarrel(file, source)) found.push({ file, line: 1, says: 'is a barrel: import from the file that has it' });
  const folder = file.split('/').find((part) => FORBIDDEN_FOLDERS.includes(part));
  if (folder)
    found.push({ file, line: 1, says: `stands in a folder «${folder}», which says nothing about what is in it` });
  return found;
}
