import { type ClassValue, clsx } from 'clsx';
import { extendTailwindMerge } from 'tailwind-merge';

const merge = extendTailwindMerge({
  extend: {
    theme: { shadow: ['lift'], animate: ['fade', 'pop', 'slide-right', 'slide-left', 'breathe'] },
    classGroups: { 'font-family': ['figure'] },
  },
});

/** Joins class names; of two that set the same property the later one stays. */
export function cn(...classes: ClassValue[]): string {
  return merge(clsx(classes));
}
