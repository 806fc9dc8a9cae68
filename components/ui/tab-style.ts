export const tabListStyle = 'flex gap-6 overflow-x-auto border-rule-strong border-b [scrollbar-width:none]';

export const tabStyle =
  '-mb-px inline-flex h-10 shrink-0 items-center gap-2 border-transparent border-b-2 font-medium text-ink-soft text-sm transition-colors hover:text-ink focus-visible:-outline-offset-2 data-[state=active]:border-ink data-[state=active]:text-ink';

export const pillListStyle = 'flex gap-1 overflow-x-auto [scrollbar-width:none]';

export const pillStyle =
  'inline-flex h-8 shrink-0 items-center gap-2 rounded-md border border-transparent px-2.5 font-medium text-ink-soft text-sm transition-colors hover:text-ink focus-visible:-outline-offset-2 data-[state=active]:border-rule-strong data-[state=active]:bg-well data-[state=active]:text-ink';
