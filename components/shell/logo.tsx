import { cn } from '@/components/ui/cn';

/** The mark: a waybill folded four times stands as a W; the last panel is the receipt. */
export function LogoMark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" className={cn('size-6 shrink-0', className)}>
      <path d="M.5 4h5L10 20H5Z" fill="var(--ink)" />
      <path d="M9.5 4h5L10 20H5Z" fill="var(--ink)" opacity="0.55" />
      <path d="M9.5 4h5L19 20h-5Z" fill="var(--ink)" />
      <path d="M18.5 4h5L19 20h-5Z" fill="var(--accepted)" />
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
