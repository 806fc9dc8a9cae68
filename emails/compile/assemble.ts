import { cleanText, escapeHtml } from '@/lib/domain/escape';
import { fieldName, isIf, isOutput, type MergeOutput } from '@/lib/domain/merge-tags';
import { compileOutput, compileTest, compileUrl, type MergeFrame, type ReadText } from '@/lib/domain/merge-tags-eval';
import type { MimeBuffer } from '../mime/mime-buffer';
import type { CompiledEmail, Instruction } from './instructions';

/** What one message brings besides the contact's values; `tracked` is the click base as this part writes it. */
export interface MessageFrame extends MergeFrame {
  readonly clickBase: string;
  readonly openUrl: string;
}

export type Piece = string | ((frame: MessageFrame) => string);

export interface PartStyle {
  isHtml: boolean;
  /** Turns final text into the bytes of the part: the identity, or quoted-printable. */
  encode: (text: string) => string;
  /** What `encode` adds to a short line of letters and digits, which needs nothing else. */
  simpleEnd: string;
  tracksLinks: boolean;
  tracksOpens: boolean;
}

/** Makes a part fast: static text is encoded now, neighbours are joined, every slot becomes one function. */
export function assemble(instructions: readonly Instruction[], compiled: CompiledEmail, style: PartStyle): Piece[] {
  return new Assembly(compiled, style).pieces(instructions);
}

/** Writes the pieces of a part for one message. */
export function writePieces(pieces: readonly Piece[], frame: MessageFrame): string {
  let out = '';
  for (const piece of pieces) out += typeof piece === 'string' ? piece : piece(frame);
  return out;
}

/** A part of which long texts that every message has in common are bytes already. */
export type PackedPiece = Buffer | Piece;

// below this, joining texts costs less than another copy
const WORTH_BYTES = 200;

export function pack(pieces: readonly Piece[]): PackedPiece[] {
  return pieces.map((piece) => (typeof piece === 'string' && piece.length >= WORTH_BYTES ? Buffer.from(piece) : piece));
}

/** Writes the pieces of a part for one message: text that is ASCII once encoded, or any. */
export function putPieces(
  pieces: readonly PackedPiece[],
  frame: MessageFrame,
  out: MimeBuffer,
  as: 'ascii' | 'text',
): void {
  let text = '';
  for (const piece of pieces) {
    if (typeof piece === 'string') text += piece;
    else if (typeof piece === 'function') text += piece(frame);
    else {
      if (text !== '') out[as](text);
      text = '';
      out.copy(piece);
    }
  }
  if (text !== '') out[as](text);
}

class Assembly {
  private readonly finish: (text: string) => string;
  private readonly clickBase: (frame: MessageFrame) => string;

  constructor(
    private readonly compiled: CompiledEmail,
    private readonly style: PartStyle,
  ) {
    const { encode, simpleEnd } = style;
    this.finish = (text) => {
      if (isSimple(text)) return text + simpleEnd;
      const clean = cleanText(text);
      return encode(style.isHtml ? escapeHtml(clean) : clean);
    };
    this.clickBase = repeating((frame) => frame.clickBase, this.finish);
  }

  pieces(instructions: readonly Instruction[]): Piece[] {
    const pieces: Piece[] = [];
    let fixed = '';
    const flush = () => {
      if (fixed !== '') pieces.push(flat(this.style.encode(fixed)));
      fixed = '';
    };
    for (const instruction of instructions) {
      const constant = this.constant(instruction);
      if (constant !== undefined) {
        fixed += constant;
        continue;
      }
      if (typeof instruction === 'string') continue;
      // A tracked link is the base, which is one text per message, and its index, which joins the static text after it.
      const tracked = this.trackedLink(instruction);
      flush();
      if (tracked) {
        pieces.push(tracked.base);
        fixed = tracked.tail;
      } else pieces.push(this.slot(instruction));
    }
    flush();
    return pieces;
  }

  /** Text that is the same in every message of the version. */
  private constant(instruction: Instruction): string | undefined {
    if (typeof instruction === 'string') return instruction;
    const { workspace } = this.compiled;
    const name = isOutput(instruction) ? plainField(instruction) : undefined;
    const value =
      name === 'workspace.name'
        ? workspace.name
        : name === 'workspace.postal_address'
          ? workspace.postalAddress
          : undefined;
    if (value === undefined) return undefined;
    return this.style.isHtml ? escapeHtml(cleanText(value)) : cleanText(value);
  }

  private slot(instruction: Exclude<Instruction, string>): Piece {
    const { locale, links } = this.compiled;
    const { finish } = this;
    if (isOutput(instruction)) return finished(compileOutput(instruction, locale), finish);
    if (isIf<Instruction>(instruction)) return this.branches(instruction);
    if ('url' in instruction) return repeating(compileUrl(instruction.url, locale), finish);
    if ('link' in instruction) return finished(compileUrl(links[instruction.link]?.url ?? [], locale), finish);
    return this.pixel();
  }

  private branches(node: Extract<Instruction, { branches: unknown }>): Piece {
    const branches = node.branches.map(({ test, body }) => ({ test: compileTest(test), body: this.pieces(body) }));
    const otherwise = this.pieces(node.otherwise);
    return (frame) => {
      for (const { test, body } of branches) if (test(frame)) return writePieces(body, frame);
      return writePieces(otherwise, frame);
    };
  }

  private trackedLink(instruction: Exclude<Instruction, string>): { base: Piece; tail: string } | undefined {
    if (!('link' in instruction) || !this.style.tracksLinks) return undefined;
    const url = this.compiled.links[instruction.link]?.url ?? [];
    // Only a link that begins with data can fail for a contact; the others are safe by their own scheme.
    const check = typeof url[0] === 'string' ? undefined : compileUrl(url, this.compiled.locale);
    const base = this.clickBase;
    return {
      tail: `/${instruction.link}`,
      base: check
        ? (frame) => {
            check(frame);
            return base(frame);
          }
        : base,
    };
  }

  private pixel(): Piece {
    const { style, finish } = this;
    if (!style.isHtml || !style.tracksOpens) return '';
    const before = style.encode('<img src="');
    const after = style.encode('" alt="" width="1" height="1" style="display:block;width:1px;height:1px;border:0"/>');
    return (frame) => (frame.openUrl === '' ? '' : before + finish(frame.openUrl) + after);
  }
}

function finished(read: ReadText, finish: (text: string) => string): Piece {
  return (frame) => finish(read(frame));
}

// One address stands in several places of a message: it is encoded again only when it changes.
function repeating(
  read: (frame: MessageFrame) => string,
  finish: (text: string) => string,
): (frame: MessageFrame) => string {
  let last = '';
  let encoded = '';
  return (frame) => {
    const text = read(frame);
    if (text !== last) {
      encoded = finish(text);
      last = text;
    }
    return encoded;
  };
}

/** The field of a tag without filters. */
function plainField(output: MergeOutput): string | undefined {
  return output.filters.length === 0 && 'field' in output.value ? fieldName(output.value.field) : undefined;
}

const SIMPLE = new Uint8Array(128);
for (const char of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 ,.+@:/_-')
  SIMPLE[char.charCodeAt(0)] = 1;
const DOT = 0x2e;

/** Short and of characters that mean the same in every context, encoded or not. */
function isSimple(text: string): boolean {
  const { length } = text;
  if (length === 0 || length > 75 || text.charCodeAt(0) === DOT) return false;
  for (let at = 0; at < length; at++) if (SIMPLE[text.charCodeAt(at)] !== 1) return false;
  return true;
}

// A text put together bit by bit is a tree inside V8, walked again for every message it is joined into; this one is flat.
function flat(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8');
}
