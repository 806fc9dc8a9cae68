import type { SVGProps } from 'react';

/** Drawn here for the parts that are on every list, which then need no icon library in the browser. */
function Glyph({ children, ...rest }: SVGProps<SVGSVGElement>) {
  return (
    <svg
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      {...rest}
    >
      {children}
    </svg>
  );
}

export function SearchGlyph(props: SVGProps<SVGSVGElement>) {
  return (
    <Glyph {...props}>
      <circle cx="7" cy="7" r="4.5" />
      <path d="M10.5 10.5 14 14" />
    </Glyph>
  );
}

export function DownGlyph(props: SVGProps<SVGSVGElement>) {
  return (
    <Glyph {...props}>
      <path d="m4 6 4 4 4-4" />
    </Glyph>
  );
}

export function SpinGlyph(props: SVGProps<SVGSVGElement>) {
  return (
    <Glyph {...props}>
      <path d="M14 8a6 6 0 1 1-4-5.65" />
    </Glyph>
  );
}

export function DotsGlyph(props: SVGProps<SVGSVGElement>) {
  return (
    <Glyph fill="currentColor" strokeWidth="0" {...props}>
      <circle cx="3" cy="8" r="1.25" />
      <circle cx="8" cy="8" r="1.25" />
      <circle cx="13" cy="8" r="1.25" />
    </Glyph>
  );
}
