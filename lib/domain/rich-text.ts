import { isOutput, type MergeIf, type MergeNode, type MergeOutput } from './merge-tags';

/**
 * The inline marks of a text block: `**bold**`, `*italic*`, `~~struck~~`, `[label](url)`, a backslash before any of
 * these characters. Blank lines part paragraphs, `- ` and `1. ` start list items. There is no HTML: `<` is just text.
 */
export type RichNode =
  | { kind: 'text'; text: string }
  | { kind: 'break' }
  | { kind: 'tag'; output: MergeOutput }
  | { kind: 'bold' | 'italic' | 'struck'; children: RichNode[] }
  | { kind: 'link'; url: MergeNode[]; children: RichNode[] }
  | { kind: 'if'; node: MergeIf<RichNode> };

export type RichBlock =
  | { kind: 'paragraph'; children: RichNode[] }
  | { kind: 'list'; isOrdered: boolean; items: RichNode[][] };

type Inline =
  | { kind: 'char'; text: string }
  | { kind: 'mark'; text: string }
  | { kind: 'node'; node: Exclude<MergeNode, string> };

const LIST_ITEM = /^\s{0,3}(?:([-•])|(\d{1,3})[.)])\s+/;
const MARKS = ['**', '~~', '*', '_', '[', '](', ')', '\n'];
const KIND_OF_MARK: Record<string, 'bold' | 'italic' | 'struck'> = {
  '**': 'bold',
  '*': 'italic',
  _: 'italic',
  '~~': 'struck',
};
const WORD = /[\p{L}\p{N}]/u;

/** Parses a text block. Marks never reach across the border of an `{% if %}` branch, so every branch is whole markup. */
export function parseRichText(nodes: readonly MergeNode[]): RichBlock[] {
  return splitParagraphs(nodes).flatMap(paragraphBlocks);
}

/** Parses a single line, such as a heading: inline marks without paragraphs or lists. */
export function parseRichLine(nodes: readonly MergeNode[]): RichNode[] {
  return parseInline(tokenise(nodes));
}

function splitParagraphs(nodes: readonly MergeNode[]): MergeNode[][] {
  const paragraphs: MergeNode[][] = [[]];
  for (const node of nodes) {
    if (typeof node !== 'string') {
      paragraphs.at(-1)?.push(node);
      continue;
    }
    const [first = '', ...others] = node.replace(/\r\n?/g, '\n').split(/\n[ \t]*\n\s*/);
    paragraphs.at(-1)?.push(first);
    for (const other of others) paragraphs.push([other]);
  }
  return paragraphs.filter((paragraph) => paragraph.some((node) => typeof node !== 'string' || node.trim() !== ''));
}

function paragraphBlocks(paragraph: MergeNode[]): RichBlock[] {
  const blocks: RichBlock[] = [];
  for (const line of splitLines(paragraph)) {
    const first = line[0];
    const item = typeof first === 'string' ? LIST_ITEM.exec(first) : null;
    const last = blocks.at(-1);
    if (item && typeof first === 'string') {
      const isOrdered = item[2] !== undefined;
      const content = parseRichLine([first.slice(item[0].length), ...line.slice(1)]);
      if (last?.kind === 'list' && last.isOrdered === isOrdered) last.items.push(content);
      else blocks.push({ kind: 'list', isOrdered, items: [content] });
    } else if (last?.kind === 'paragraph') last.children.push({ kind: 'break' }, ...parseRichLine(line));
    else blocks.push({ kind: 'paragraph', children: parseRichLine(line) });
  }
  return blocks;
}

function splitLines(nodes: MergeNode[]): MergeNode[][] {
  const lines: MergeNode[][] = [[]];
  for (const node of nodes) {
    if (typeof node !== 'string') {
      lines.at(-1)?.push(node);
      continue;
    }
    const [first = '', ...others] = node.split('\n');
    lines.at(-1)?.push(first);
    for (const other of others) lines.push([other]);
  }
  return lines.filter((line) => line.some((node) => typeof node !== 'string' || node.trim() !== ''));
}

function tokenise(nodes: readonly MergeNode[]): Inline[] {
  const tokens: Inline[] = [];
  for (const node of nodes) {
    if (typeof node !== 'string') {
      tokens.push({ kind: 'node', node });
      continue;
    }
    for (let at = 0; at < node.length; ) {
      const char = node.charAt(at);
      if (char === '\\' && /[\\*_~[\]()-]/.test(node.charAt(at + 1))) {
        tokens.push({ kind: 'char', text: node.charAt(at + 1) });
        at += 2;
        continue;
      }
      const mark = MARKS.find((candidate) => node.startsWith(candidate, at));
      tokens.push(mark ? { kind: 'mark', text: mark } : { kind: 'char', text: char });
      at += mark?.length ?? 1;
    }
  }
  return tokens;
}

function parseInline(tokens: readonly Inline[]): RichNode[] {
  const out: RichNode[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at];
    if (!token) break;
    if (token.kind === 'node') out.push(tagOrIf(token.node));
    else if (token.kind === 'mark' && token.text === '\n') out.push({ kind: 'break' });
    else {
      const found = token.kind === 'mark' ? (parseLink(tokens, at) ?? parseSpan(tokens, at, token.text)) : undefined;
      if (found) {
        out.push(found.node);
        at = found.end;
      } else pushText(out, token.text);
    }
  }
  return out;
}

function tagOrIf(node: Exclude<MergeNode, string>): RichNode {
  if (isOutput(node)) return { kind: 'tag', output: node };
  const branches = node.branches.map(({ test, body }) => ({ test, body: parseRichLine(body) }));
  return { kind: 'if', node: { branches, otherwise: parseRichLine(node.otherwise) } };
}

function parseSpan(
  tokens: readonly Inline[],
  start: number,
  mark: string,
): { node: RichNode; end: number } | undefined {
  const kind = KIND_OF_MARK[mark];
  if (!kind || isSpace(tokens[start + 1]) || (mark === '_' && isWord(tokens[start - 1]))) return undefined;
  for (let end = start + 2; end < tokens.length; end++) {
    const token = tokens[end];
    if (token?.kind !== 'mark' || token.text !== mark || isSpace(tokens[end - 1])) continue;
    if (mark === '_' && isWord(tokens[end + 1])) continue;
    return { node: { kind, children: parseInline(tokens.slice(start + 1, end)) }, end };
  }
  return undefined;
}

function parseLink(tokens: readonly Inline[], start: number): { node: RichNode; end: number } | undefined {
  if (!isMark(tokens[start], '[')) return undefined;
  const middle = tokens.findIndex((token, index) => index > start && isMark(token, ']('));
  if (middle < 0 || tokens.slice(start + 1, middle).some((token) => isMark(token, '['))) return undefined;
  const end = closingBracket(tokens, middle + 1);
  if (end < 0) return undefined;
  const url = tokens.slice(middle + 1, end).map((token) => (token.kind === 'node' ? token.node : token.text));
  return { node: { kind: 'link', url: joinTexts(url), children: parseInline(tokens.slice(start + 1, middle)) }, end };
}

function closingBracket(tokens: readonly Inline[], from: number): number {
  let open = 0;
  for (let at = from; at < tokens.length; at++) {
    const token = tokens[at];
    if (token?.kind === 'char' && token.text === '(') open++;
    if (isMark(token, '\n')) return -1;
    if (isMark(token, ')') && open-- === 0) return at;
  }
  return -1;
}

function joinTexts(nodes: MergeNode[]): MergeNode[] {
  const joined: MergeNode[] = [];
  for (const node of nodes) {
    const last = joined.at(-1);
    if (typeof node === 'string' && typeof last === 'string') joined[joined.length - 1] = last + node;
    else joined.push(node);
  }
  return joined;
}

function pushText(out: RichNode[], text: string): void {
  const last = out.at(-1);
  if (last?.kind === 'text') last.text += text;
  else out.push({ kind: 'text', text });
}

function isMark(token: Inline | undefined, text: string): boolean {
  return token?.kind === 'mark' && token.text === text;
}

function isSpace(token: Inline | undefined): boolean {
  return !token || (token.kind !== 'node' && /^\s$/.test(token.text));
}

function isWord(token: Inline | undefined): boolean {
  return token?.kind === 'node' || (token?.kind === 'char' && WORD.test(token.text));
}
