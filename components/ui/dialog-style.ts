export const scrimStyle = 'fixed inset-0 z-40 animate-fade bg-scrim';
export const dialogStyle =
  'fixed z-50 flex max-h-[calc(100dvh-1rem-max(1rem,8vh))] flex-col border border-rule-strong bg-sheet text-ink shadow-lift focus:outline-none inset-x-4 top-[max(1rem,8vh)] mx-auto w-auto animate-pop rounded-lg';
