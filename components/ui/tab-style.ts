export const tabListStyle = 'flex gap-6 overflow-x-auto border-rule-strong border-b [scrollbar-width:none]';

export const tabStyle =
  '-mb-px inline-flex h-10 shrink-0 items-center gap-2 border-transparent border-b-2 font-medium text-ink-soft text-sm transition-colors hover:text-ink focus-visible:-outline-offset-2 data-[state=active]:border-ink data-[state=active]:text-ink';
