'use client';

import { usePathname } from 'next/navigation';
import { Link, type LinkProps } from '@/components/ui/link';
import { isCurrent } from './is-current';

/** A link that says when it leads to where one is. */
export function NavLink(props: LinkProps) {
  return <Link aria-current={isCurrent(props.href, usePathname()) ? 'page' : undefined} {...props} />;
}
