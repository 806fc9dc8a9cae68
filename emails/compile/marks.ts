import { cleanText } from '@/lib/domain/escape';
import { isIf, isOutput, type MergeIf, type MergeNode } from '@/lib/domain/merge-tags';
import type { CompiledLink, Instruction } from './instructions';

// Private-use characters: no template text keeps them, and React and every escaper leave them alone.
const OPEN = '\ue000';
const CLOSE = '\ue001';
const MARK = /\ue000(\d+)\ue001/;
const MARK_ALL = /\ue000\d+\ue001/g;
const RESERVED_ALL = /[\ue000\ue001]/g;

type Test = MergeIf<Instruction>['branches'][number]['test'];
type Mark =
  | { kind: 'write'; instruction: Exclude<Instruction, string | MergeIf<Instruction>> }
  | { kind: 'if' | 'elsif'; test: Test }
  | { kind: 'else' | 'end' };

/** A condition as marks to put around what each branch shows. */
export interface MarkedIf {
  branches: string[];
  otherwise: string;
  end: string;
}

/** Hands out marks that travel through React in place of what differs per contact, and turns the markup back into instructions. */
export class MarkTable {
  readonly links: CompiledLink[] = [];
  private readonly marks: Mark[] = [];

  /** Template text with a mark for every tag; conditions become marks around their text. */
  text(nodes: readonly MergeNode[]): string {
    let marked = '';
    for (const node of nodes) {
      if (typeof node === 'string') marked += plainText(node);
      else if (isOutput(node)) marked += this.write(node);
      else if (isIf<MergeNode>(node)) {
        const marks = this.condition(node.branches.map(({ test }) => test));
        node.branches.forEach(({ body }, index) => {
          marked += marks.branches[index] + this.text(body);
        });
        marked += marks.otherwise + this.text(node.otherwise) + marks.end;
      }
    }
    return marked;
  }

  condition(tests: readonly Test[]): MarkedIf {
    return {
      branches: tests.map((test, index) => this.add({ kind: index === 0 ? 'if' : 'elsif', test })),
      otherwise: this.add({ kind: 'else' }),
      end: this.add({ kind: 'end' }),
    };
  }

  write(instruction: Exclude<Instruction, string | MergeIf<Instruction>>): string {
    return this.add({ kind: 'write', instruction });
  }

  link(link: CompiledLink): string {
    this.links.push(link);
    return this.write({ link: this.links.length - 1 });
  }

  /** Splits rendered markup or text at its marks. */
  split(rendered: string): Instruction[] {
    const pieces = rendered.split(MARK);
    const cursor = { index: 0 };
    return this.splitBody(pieces, cursor);
  }

  private splitBody(pieces: string[], cursor: { index: number }): Instruction[] {
    const body: Instruction[] = [];
    while (cursor.index < pieces.length) {
      const piece = pieces[cursor.index] ?? '';
      if (cursor.index % 2 === 0) {
        if (piece !== '') body.push(piece);
        cursor.index++;
        continue;
      }
      const mark = this.marks[Number(piece)];
      if (!mark) throw new Error(`Unknown mark ${piece} in rendered email`);
      if (mark.kind === 'write') {
        body.push(mark.instruction);
        cursor.index++;
      } else if (mark.kind === 'if') body.push(this.splitIf(pieces, cursor));
      else return body;
    }
    return body;
  }

  private splitIf(pieces: string[], cursor: { index: number }): MergeIf<Instruction> {
    const node: MergeIf<Instruction> = { branches: [], otherwise: [] };
    while (cursor.index < pieces.length) {
      const mark = this.marks[Number(pieces[cursor.index])];
      cursor.index++;
      if (mark?.kind === 'if' || mark?.kind === 'elsif') {
        node.branches.push({ test: mark.test, body: this.splitBody(pieces, cursor) });
      } else if (mark?.kind === 'else') node.otherwise = this.splitBody(pieces, cursor);
      else if (mark?.kind === 'end') return node;
      else break;
    }
    throw new Error('Unclosed condition in rendered email');
  }

  private add(mark: Mark): string {
    this.marks.push(mark);
    return `${OPEN}${this.marks.length - 1}${CLOSE}`;
  }
}

/** Template text that may be rendered beside marks. */
export function plainText(text: string): string {
  return cleanText(text).replace(RESERVED_ALL, '');
}

export function withoutMarks(text: string): string {
  return text.replace(MARK_ALL, '…');
}
