import { quotedPrintablePiece, SOFT_BREAK } from '../mime/quoted-printable';
import { assemble, type PackedPiece, type PartStyle, type Piece, pack } from './assemble';
import type { CompiledEmail } from './instructions';

interface Bodies<P> {
  html: P[];
  text: P[];
}

/** Both parts of a compiled email in each form they leave in, made when first asked for: with its links tracked or not. */
export interface PreparedBodies {
  readonly bodies: (isTracked: boolean) => Bodies<Piece>;
  readonly mimeBodies: (isTracked: boolean) => Bodies<PackedPiece>;
  readonly jsonBodies: (isTracked: boolean) => Bodies<PackedPiece>;
}

// The line end before a boundary belongs to the boundary.
const BODY_END = '\n';

type Writing = Pick<PartStyle, 'encode' | 'simpleEnd'> & { end: string[] };

const AS_IT_IS: Writing = { encode: (text) => text, simpleEnd: '', end: [] };
const AS_MIME: Writing = { encode: quotedPrintablePiece, simpleEnd: SOFT_BREAK, end: [BODY_END] };
const AS_JSON: Writing = { encode: (text) => JSON.stringify(text).slice(1, -1), simpleEnd: '', end: [] };

function packed({ html, text }: Bodies<Piece>): Bodies<PackedPiece> {
  return { html: pack(html), text: pack(text) };
}

function bodiesOf(compiled: CompiledEmail, isTracked: boolean, { end, ...writing }: Writing): Bodies<Piece> {
  const style = {
    ...writing,
    tracksLinks: isTracked && compiled.isTrackingLinks,
    tracksOpens: compiled.isTrackingOpens,
  };
  return {
    html: assemble([...compiled.html, ...end], compiled, { ...style, isHtml: true }),
    text: assemble([...compiled.text, ...end], compiled, { ...style, isHtml: false }),
  };
}

function once<T>(make: (flag: boolean) => T): (flag: boolean) => T {
  const made = new Map<boolean, T>();
  return (flag) => {
    const known = made.get(flag);
    if (known) return known;
    const fresh = make(flag);
    made.set(flag, fresh);
    return fresh;
  };
}

export function prepareBodies(compiled: CompiledEmail): PreparedBodies {
  return {
    bodies: once((isTracked) => bodiesOf(compiled, isTracked, AS_IT_IS)),
    mimeBodies: once((isTracked) => packed(bodiesOf(compiled, isTracked, AS_MIME))),
    jsonBodies: once((isTracked) => packed(bodiesOf(compiled, isTracked, AS_JSON))),
  };
}
