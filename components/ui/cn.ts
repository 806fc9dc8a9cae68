import { type ClassValue, clsx } from 'clsx';

/** What a class sets, where its name does not begin with it. The first that fits counts. */
const GROUPS: [group: string, names: RegExp][] = [
  ['display', /^(block|inline(-block|-flex|-grid)?|flex|grid|table|hidden|contents)$/],
  ['position', /^(static|fixed|absolute|relative|sticky)$/],
  ['visibility', /^(in)?visible$/],
  ['font-family', /^(figure|font-(sans|mono|\[))/],
  ['font-weight', /^font-/],
  ['text-size', /^text-(xs|sm|base|lg|\d?xl|\[[\d.])/],
  ['text-align', /^text-(left|right|center)$/],
  ['text-wrap', /^text-balance$/],
  ['text-line', /^(no-)?underline$/],
  ['text-colour', /^text-/],
  ['flex-direction', /^flex-(row|col)/],
  ['flex-wrap', /^flex-(no)?wrap/],
  ['flex', /^flex-/],
  ['border-style', /^border-(solid|dashed|double)$/],
  ['border-model', /^border-(separate|collapse)$/],
  ['grow', /^grow/],
  ['shrink', /^shrink/],
  ['outline-width', /^outline-\d/],
  ['outline-style', /^outline-none$/],
  ['outline-offset', /^-?outline-offset/],
  ['outline-colour', /^outline-/],
  ['ring-width', /^ring-\d/],
];
const BORDER = /^border(-[xytrbl])?(-(\d|\[)|$)/;
const PREFIX =
  /^-?([pm][xytrbl]?|(?:min-|max-)?[wh]|size|gap(?:-[xy])?|overflow(?:-[xy])?|inset(?:-[xy])?|top|right|bottom|left|rounded(?:-[trbl]{1,2}(?=-))?|border-[xytrbl](?=-)|border-spacing|border|bg|items|justify-self|justify|self|basis|z|order|opacity|leading|tracking|align|whitespace|line-clamp|grid-cols|col-span|cursor|shadow|animate|transition|duration|translate-[xy]|underline-offset|decoration|select|pointer-events|aspect|object|divide-[xy]|list)(?:-|$)/;

function groupOf(name: string): string | null {
  const border = BORDER.exec(name);
  if (border) return `border-width${border[1] ?? ''}`;
  return GROUPS.find(([, names]) => names.test(name))?.[0] ?? PREFIX.exec(name)?.[1] ?? null;
}

/** The groups that a later class of this group overrides besides its own: `p` also overrides `pl`. */
function isCovered(group: string, by: (wider: string) => boolean): boolean {
  const side = /^(p|m|border-width|border|inset|gap|overflow|rounded)-?([xytrbl])/.exec(group);
  if (side?.[1] && side[2]) {
    const axis = { l: 'x', r: 'x', t: 'y', b: 'y' }[side[2]];
    const dash = side[1].length > 1 ? '-' : '';
    return by(side[1]) || (axis !== undefined && by(`${side[1]}${dash}${axis}`));
  }
  if (/^(left|right)$/.test(group)) return by('inset') || by('inset-x');
  if (/^(top|bottom)$/.test(group)) return by('inset') || by('inset-y');
  if (/^(grow|shrink|basis)$/.test(group)) return by('flex');
  if (group === 'w' || group === 'h') return by('size');
  return group === 'leading' && by('text-size');
}

function merged(classes: string): string {
  const seen = new Set<string>();
  const kept: string[] = [];
  for (const name of classes.split(/\s+/).reverse()) {
    const at = name.replace(/\[[^\]]*\]/g, (brackets) => '_'.repeat(brackets.length)).lastIndexOf(':') + 1;
    const condition = name.slice(0, at);
    const group = name.endsWith('!') ? null : groupOf(name.slice(at));
    const has = (each: string) => seen.has(condition + each);
    if (group && (has(group) || isCovered(group, has))) continue;
    if (group) seen.add(condition + group);
    kept.push(name);
  }
  return kept.reverse().join(' ');
}

const MOST_KNOWN = 2_000;
const known = new Map<string, string>();

/** Joins class names; of two that set the same property under the same condition the later one stays. */
export function cn(...classes: ClassValue[]): string {
  const given = clsx(classes);
  const before = known.get(given);
  if (before !== undefined) return before;
  if (known.size >= MOST_KNOWN) known.clear();
  const result = merged(given);
  known.set(given, result);
  return result;
}
