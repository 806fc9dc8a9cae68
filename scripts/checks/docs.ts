import { existsSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../environment';
import { filesEndingIn } from './source-files';

const PLACES = 'app|components|lib|emails|drizzle|e2e|scripts|docs|public|bench|\\.ci';
const CITED = new RegExp(`^(${PLACES})/[\\w./()\\[\\]-]+$`);

/** The paths a document names: relative links, and what stands in backticks and looks like a path of this project. */
export function pathsIn(markdown: string): { line: number; target: string; isLink: boolean }[] {
  return markdown.split('\n').flatMap((text, index) => {
    const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1] ?? '');
    const ticked = [...text.matchAll(/`([^`\s]+)`/g)].map((match) => match[1] ?? '');
    const local = links.filter((link) => !/^([a-z]+:|#|\/)/.test(link)).map((link) => link.replace(/#.*$/, ''));
    return [
      ...local.map((target) => ({ line: index + 1, target, isLink: true })),
      ...ticked.filter((one) => CITED.test(one)).map((target) => ({ line: index + 1, target, isLink: false })),
    ];
  });
}

/** Every path a document cites exists. */
export function deadPaths(): string[] {
  return filesEndingIn(/\.md$/, ['docs']).flatMap(({ file, source }) =>
    pathsIn(source)
      .filter(({ target, isLink }) => !existsSync(path.resolve(ROOT, isLink ? path.dirname(file) : '.', target)))
      .map(({ line, target }) => `${file}:${line} cites ${target}, which does not exist`),
  );
}
