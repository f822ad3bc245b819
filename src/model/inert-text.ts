/**
 * Control characters but line feed and tab, and the characters that turn the direction of what follows (Unicode Bidi:
 * embeddings, overrides, isolates, marks): with one of them a text reads as another.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const STEERING = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]/

const ALL_STEERING = new RegExp(STEERING, 'g')

/**
 * The text without characters that steer a terminal, a spreadsheet or the order of letters; CR LF becomes LF, lone
 * surrogates U+FFFD. What it says to a reader stays.
 */
export const inertText = (text: string): string => {
  const whole = text.isWellFormed() ? text : text.toWellFormed()
  return STEERING.test(whole) ? whole.replaceAll('\r\n', '\n').replace(ALL_STEERING, '') : whole
}
