import { MergeTagError } from './merge-tags';

export type Token =
  | { kind: 'name' | 'symbol'; text: string; at: number }
  | { kind: 'string'; text: string; at: number }
  | { kind: 'number'; value: number; at: number }
  | { kind: 'end'; at: number };

export type Piece = { kind: 'text'; text: string } | { kind: 'output' | 'statement'; tokens: Token[]; at: number };

const SPACE = /\s/;
const NAME = /[A-Za-z_][A-Za-z0-9_-]*/y;
const NUMBER = /-?\d+(?:\.\d+)?/y;
const SYMBOL = /==|!=|>=|<=|[<>|:,.()[\]]/y;
const STRING_ESCAPE: Record<string, string> = { n: '\n', t: '\t' };

/** Cuts a template into text, `{{ output }}` and `{% statement %}` pieces; strings inside a tag may contain its closing braces. */
export function lexMergeTags(source: string): Piece[] {
  const pieces: Piece[] = [];
  const opening = /\{\{|\{%/g;
  let from = 0;
  for (let found = opening.exec(source); found; found = opening.exec(source)) {
    if (found.index > from) pieces.push({ kind: 'text', text: source.slice(from, found.index) });
    const isOutput = found[0] === '{{';
    const { tokens, end } = lexTag(source, found.index, isOutput ? '}}' : '%}');
    pieces.push({ kind: isOutput ? 'output' : 'statement', tokens, at: found.index });
    from = end;
    opening.lastIndex = end;
  }
  if (from < source.length) pieces.push({ kind: 'text', text: source.slice(from) });
  return pieces;
}

function lexTag(source: string, start: number, close: string): { tokens: Token[]; end: number } {
  const tokens: Token[] = [];
  let at = start + 2;
  for (;;) {
    while (at < source.length && SPACE.test(source.charAt(at))) at++;
    if (at >= source.length) throw new MergeTagError(`This tag is not closed with ${close}.`, source, start);
    if (source.startsWith(close, at)) {
      tokens.push({ kind: 'end', at });
      return { tokens, end: at + 2 };
    }
    const token = lexToken(source, at);
    tokens.push(token.token);
    at = token.end;
  }
}

function lexToken(source: string, at: number): { token: Token; end: number } {
  const quote = source.charAt(at);
  if (quote === '"' || quote === "'" || quote === '“' || quote === '”') return lexString(source, at, quote);
  const number = matchAt(NUMBER, source, at);
  if (number) return { token: { kind: 'number', value: Number(number), at }, end: at + number.length };
  const name = matchAt(NAME, source, at);
  if (name) return { token: { kind: 'name', text: name, at }, end: at + name.length };
  const symbol = matchAt(SYMBOL, source, at);
  if (symbol) return { token: { kind: 'symbol', text: symbol, at }, end: at + symbol.length };
  throw new MergeTagError(`“${source.charAt(at)}” has no meaning in a tag.`, source, at);
}

function lexString(source: string, start: number, quote: string): { token: Token; end: number } {
  const close = quote === '“' ? '”' : quote;
  let text = '';
  for (let at = start + 1; at < source.length; at++) {
    const char = source.charAt(at);
    if (char === close) return { token: { kind: 'string', text, at: start }, end: at + 1 };
    if (char === '\\') {
      at++;
      const escaped = source.charAt(at);
      text += STRING_ESCAPE[escaped] ?? escaped;
    } else text += char;
  }
  throw new MergeTagError('This text is not closed with a quote.', source, start);
}

function matchAt(pattern: RegExp, source: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(source)?.[0];
}
