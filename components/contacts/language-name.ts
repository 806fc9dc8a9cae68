const LANGUAGES = new Intl.DisplayNames(['en'], { type: 'language' });

/** What a language tag (BCP 47) is called; the tag itself where it has no name. */
export function languageName(tag: string): string {
  return LANGUAGES.of(tag) ?? tag;
}
