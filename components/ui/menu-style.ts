/** What every list that opens over the page looks like: menus, selects, comboboxes, the palette. */
export const menuStyle =
  'z-50 max-w-[calc(100vw-1rem)] animate-pop overflow-hidden rounded-lg border border-rule-strong bg-sheet text-ink shadow-lift';

export const menuItemStyle =
  "relative flex min-h-8 w-full cursor-default select-none items-center gap-2 rounded-sm px-2 py-1.5 text-left text-sm outline-none data-[disabled]:pointer-events-none data-[highlighted]:bg-well data-[disabled]:opacity-50 [&_svg:not([class*='size-'])]:size-4 [&_svg]:shrink-0 [&_svg]:text-ink-faint";

export const menuLabelStyle = 'px-2 pt-2 pb-1 font-medium text-ink-faint text-xs';
