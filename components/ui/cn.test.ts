import { describe, expect, it } from 'vitest';
import { cn } from './cn';

describe('class names joined', () => {
  it('of two that set the same property the later one stays', () => {
    expect(cn('px-3 h-9', 'px-0')).toBe('h-9 px-0');
    expect(cn('text-sm text-ink', 'text-xs text-failed-ink')).toBe('text-xs text-failed-ink');
    expect(cn('flex border-rule', 'hidden border-ink')).toBe('hidden border-ink');
  });

  it('a later whole overrides the earlier part, and not the other way round', () => {
    expect(cn('pl-2 py-1', 'p-4')).toBe('p-4');
    expect(cn('p-4', 'pl-2')).toBe('p-4 pl-2');
    expect(cn('w-full h-4', 'size-8')).toBe('size-8');
  });

  it('keeps what is on different axes, sides or conditions', () => {
    expect(cn('px-2 py-3')).toBe('px-2 py-3');
    expect(cn('border border-t-0 border-ink')).toBe('border border-t-0 border-ink');
    expect(cn('p-2 sm:p-4 hover:bg-well bg-sheet')).toBe('p-2 sm:p-4 hover:bg-well bg-sheet');
    expect(cn('[&_svg]:size-4', 'size-8')).toBe('[&_svg]:size-4 size-8');
  });

  it('keeps what it does not know and what is marked as important', () => {
    expect(cn('segment', false, undefined, 'border-t-ink!', 'border-rule')).toBe('segment border-t-ink! border-rule');
  });
});
