/** Whether somebody typed what was asked for; `1,984` and `1 984` are 1984. */
export function typedMatches(typed: string, wanted: string): boolean {
  const bare = (text: string) => (/^[\d\s.,'’]+$/.test(text) ? text.replace(/\D/g, '') : text.trim());
  return bare(typed) !== '' && bare(typed) === bare(wanted);
}
