import {
  COMPARISONS,
  type Comparison,
  type Expression,
  type FilterCall,
  type Literal,
  MAX_DEPTH,
  type MergeIf,
  type MergeNode,
  MergeTagError,
  type Operand,
} from './merge-tags';
import { checkFilter } from './merge-tags-filters';
import { lexMergeTags, type Piece, type Token } from './merge-tags-lex';

const LITERAL_NAMES: Record<string, Literal> = { true: true, false: false, null: null, nil: null };
const MAX_SOURCE_LENGTH = 200_000;

/** Parses a template once; throws `MergeTagError` with the position. The result is plain data for `compileMergeTags`. */
export function parseMergeTags(source: string): MergeNode[] {
  if (source.length > MAX_SOURCE_LENGTH) throw new MergeTagError('This text is too long.', source, 0);
  const pieces = lexMergeTags(source);
  const cursor = { index: 0 };
  const body = parseBody(source, pieces, cursor, 0);
  const rest = pieces[cursor.index];
  if (rest && rest.kind !== 'text') throw new MergeTagError('This tag has no {% if %} before it.', source, rest.at);
  return body;
}

/** Parses the expression of a conditional block, such as `plan == "Pro" and not device`. */
export function parseCondition(source: string): Expression {
  try {
    const [piece, rest] = lexMergeTags(`{%${source}%}`);
    if (piece?.kind !== 'statement' || rest) throw new MergeTagError('One condition is expected.', source, 2);
    return new TagParser(source, piece.tokens).condition();
  } catch (error) {
    if (!(error instanceof MergeTagError)) throw error;
    throw new MergeTagError(error.message, source, Math.max(0, error.at - 2));
  }
}

function parseBody(source: string, pieces: Piece[], cursor: { index: number }, depth: number): MergeNode[] {
  const nodes: MergeNode[] = [];
  for (let piece = pieces[cursor.index]; piece; piece = pieces[cursor.index]) {
    if (piece.kind === 'text') nodes.push(piece.text);
    else if (piece.kind === 'output') nodes.push(new TagParser(source, piece.tokens).output());
    else {
      const keyword = keywordOf(piece);
      if (keyword !== 'if') {
        if (keyword === 'elsif' || keyword === 'else' || keyword === 'endif') return nodes;
        throw new MergeTagError('Only if, elsif, else and endif are known here.', source, piece.at);
      }
      nodes.push(parseIf(source, pieces, cursor, depth + 1));
      continue;
    }
    cursor.index++;
  }
  return nodes;
}

function parseIf(source: string, pieces: Piece[], cursor: { index: number }, depth: number): MergeIf<MergeNode> {
  const opening = pieces[cursor.index];
  if (opening?.kind !== 'statement') throw new MergeTagError('An {% if %} is missing.', source, 0);
  if (depth > MAX_DEPTH) throw new MergeTagError('Conditions are nested too deeply.', source, opening.at);
  const node: MergeIf<MergeNode> = { branches: [], otherwise: [] };
  let seenElse = false;
  for (let piece = pieces[cursor.index]; piece; piece = pieces[cursor.index]) {
    if (piece.kind !== 'statement') break;
    const keyword = keywordOf(piece);
    cursor.index++;
    if (keyword === 'if' || keyword === 'elsif') {
      if (seenElse) throw new MergeTagError('{% elsif %} cannot follow {% else %}.', source, piece.at);
      const test = new TagParser(source, piece.tokens.slice(1)).condition();
      node.branches.push({ test, body: parseBody(source, pieces, cursor, depth) });
      if (node.branches.length > 64) throw new MergeTagError('This condition has too many branches.', source, piece.at);
      continue;
    }
    new TagParser(source, piece.tokens.slice(1)).expectEnd();
    if (keyword === 'endif') return node;
    if (seenElse) throw new MergeTagError('A second {% else %} is not possible.', source, piece.at);
    seenElse = true;
    node.otherwise = parseBody(source, pieces, cursor, depth);
  }
  throw new MergeTagError('This {% if %} is not closed with {% endif %}.', source, opening.at);
}

function keywordOf(piece: Piece): string {
  const first = piece.kind === 'text' ? undefined : piece.tokens[0];
  return first?.kind === 'name' ? first.text : '';
}

class TagParser {
  private index = 0;

  constructor(
    private readonly source: string,
    private readonly tokens: Token[],
  ) {}

  output() {
    const value = this.operand();
    const filters: FilterCall[] = [];
    while (this.symbol('|')) filters.push(this.filter());
    this.expectEnd();
    return { value, filters };
  }

  condition(): Expression {
    const expression = this.or(0);
    this.expectEnd();
    return expression;
  }

  expectEnd(): void {
    const token = this.peek();
    if (token.kind !== 'end') this.fail('This was not expected here.', token);
  }

  private filter(): FilterCall {
    const token = this.take();
    if (token.kind !== 'name') return this.fail('The name of a filter is missing after |.', token);
    const args: Literal[] = [];
    if (this.symbol(':')) {
      do args.push(this.literalArgument());
      while (this.symbol(','));
    }
    const problem = checkFilter(token.text, args);
    if (problem) this.fail(problem, token);
    return { name: token.text, args };
  }

  private literalArgument(): Literal {
    const token = this.peek();
    const operand = this.operand();
    return 'literal' in operand ? operand.literal : this.fail('A filter takes texts in quotes and numbers.', token);
  }

  private or(depth: number): Expression {
    let left = this.and(depth);
    let links = 0;
    while (this.keyword('or')) left = { op: 'or', left, right: this.and(this.linked(depth, ++links)) };
    return left;
  }

  private and(depth: number): Expression {
    let left = this.not(depth);
    let links = 0;
    while (this.keyword('and')) left = { op: 'and', left, right: this.not(this.linked(depth, ++links)) };
    return left;
  }

  private linked(depth: number, links: number): number {
    return depth + links > MAX_DEPTH ? this.fail('This condition is too long.', this.peek()) : depth;
  }

  private not(depth: number): Expression {
    if (depth > MAX_DEPTH) this.fail('This condition is nested too deeply.', this.peek());
    if (this.keyword('not')) return { op: 'not', operand: this.not(depth + 1) };
    if (this.symbol('(')) {
      const inner = this.or(depth + 1);
      if (!this.symbol(')')) this.fail('A closing bracket is missing.', this.peek());
      return inner;
    }
    return this.comparison();
  }

  private comparison(): Expression {
    const left = this.operand();
    const token = this.peek();
    const text = token.kind === 'symbol' || token.kind === 'name' ? token.text : '';
    const op = COMPARISONS.find((candidate): candidate is Comparison => candidate === text);
    if (!op) return { op: 'value', value: left };
    this.index++;
    return { op, left, right: this.operand() };
  }

  private operand(): Operand {
    const token = this.take();
    if (token.kind === 'string') return { literal: token.text };
    if (token.kind === 'number') return { literal: token.value };
    if (token.kind !== 'name') return this.fail('A field or a text in quotes is missing.', token);
    const literal = Object.hasOwn(LITERAL_NAMES, token.text) ? LITERAL_NAMES[token.text] : undefined;
    if (literal !== undefined) return { literal };
    const field = [token.text];
    for (;;) {
      if (this.symbol('.')) {
        const next = this.take();
        field.push(next.kind === 'name' ? next.text : this.fail('A name is missing after the dot.', next));
      } else if (this.symbol('[')) {
        const next = this.take();
        field.push(next.kind === 'string' ? next.text : this.fail('A name in quotes is missing.', next));
        if (!this.symbol(']')) this.fail('A closing ] is missing.', this.peek());
      } else break;
      if (field.length > MAX_DEPTH) this.fail('This field is nested too deeply.', token);
    }
    return { field, at: token.at };
  }

  private peek(): Token {
    return this.tokens[this.index] ?? { kind: 'end', at: this.source.length };
  }

  private take(): Token {
    const token = this.peek();
    if (token.kind !== 'end') this.index++;
    return token;
  }

  private symbol(text: string): boolean {
    return this.accept('symbol', text);
  }

  private keyword(text: string): boolean {
    return this.accept('name', text);
  }

  private accept(kind: 'symbol' | 'name', text: string): boolean {
    const token = this.peek();
    const found = token.kind === kind && token.text === text;
    if (found) this.index++;
    return found;
  }

  private fail(message: string, token: Token): never {
    throw new MergeTagError(message, this.source, token.at);
  }
}
