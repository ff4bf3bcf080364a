/**
 * The key under which all spellings of a Vensim or XMILE name are one: case, and blanks against underscores, do not count; quotes
 * do not belong to the name (XMILE 1.0, section 3.2.2; Vensim reference manual, "Rules for Variable Names").
 */

const SPACES = /(?:[\s\u00a0_]|\\n)+/gu;

/** `"Birth  Rate"`, `birth_rate` and `Birth\nRate` all give `birth_rate`. */
export function foreignKey(text: string): string {
  const bare = text.length >= 2 && text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1) : text;
  return bare
    .normalize("NFC")
    .replace(SPACES, "_")
    .replace(/\\(["\\])/g, "$1")
    .replace(/^_+|_+$/g, "")
    .toLowerCase();
}
