import type { ComponentProps } from 'react';

export interface LinkProps extends ComponentProps<'a'> {
  href: string;
  /** False keeps the page where it is scrolled to. */
  scroll?: boolean;
}

/** A way to another page of the product. A plain anchor, so that it costs no script; `LinkNavigation` follows it without loading the page anew. */
export function Link({ scroll = true, ...rest }: LinkProps) {
  return <a data-way={scroll ? '' : 'stay'} {...rest} />;
}
