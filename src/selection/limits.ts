/** Bounds of a selection from outside: far more than a person chooses, little enough for any border. */
export const selectionLimits = { terms: 5_000, domain: 512, pattern: 1_024, text: 4_096 } as const;

export const bundleIdPattern = /^[A-Za-z0-9][\w.-]{0,254}$/;
export const categoryIdPattern = /^[a-z][a-z0-9-]{0,63}$/;

/** Control characters are in no domain, and would break the lines that selections are written in. */
// oxlint-disable-next-line no-control-regex
const control = /[\u0000-\u001f\u007f]/;

/** A domain's name, or the beginning of one with a final `*`. */
export const isDomainText = (text: string): boolean =>
  text.length > 0 && text.length <= selectionLimits.domain && !control.test(text) && !text.includes('/') && !text.slice(0, -1).includes('*');

/** Relative to the domain, so it does not begin with `/`. */
export const isPatternText = (text: string): boolean =>
  text.length > 0 && text.length <= selectionLimits.pattern && !control.test(text) && !text.startsWith('/');
