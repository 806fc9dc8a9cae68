import { cn } from '@/components/ui/cn';

/** The mark: a sheet with a cut corner, one ruled line, and a strip that adds up. */
export function LogoMark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" className={cn('size-6 shrink-0', className)}>
      <path
        d="M4 1.5h12L21.5 7v14A1.5 1.5 0 0 1 20 22.5H4A1.5 1.5 0 0 1 2.5 21V3A1.5 1.5 0 0 1 4 1.5Z"
        fill="var(--ink)"
      />
      <path d="M16 1.5V6a1 1 0 0 0 1 1h4.5Z" fill="var(--paper)" opacity="0.45" />
      <path d="M6 7.25h6M6 11h12" stroke="var(--paper)" strokeWidth="1.5" />
      <path d="M6 16.75h8" stroke="#2db5a6" strokeWidth="4" />
      <path d="M14.75 16.75h1.5" stroke="#ff7a2b" strokeWidth="4" />
      <path d="M17 16.75h1" stroke="var(--paper)" strokeWidth="4" opacity="0.45" />
    </svg>
  );
}

export function Logo({ className }: { className?: string }) {
  return (
    <span className={cn('inline-flex items-center gap-2 font-semibold text-base tracking-tight', className)}>
      <LogoMark />
      Waybill
    </span>
  );
}
