/** Control characters, what turns the direction of text around, halves of characters, and separators of lines. */
const UNSAFE = /[\p{Cc}\p{Bidi_Control}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** Text as one line that a terminal takes for nothing but text: what it would obey, or show as something else, is spelt out. */
export function printable(text: string): string {
  return text.replace(UNSAFE, (character) => {
    const code = character.codePointAt(0)!.toString(16);
    return code.length <= 2 ? `\\x${code.padStart(2, '0')}` : `\\u${code}`;
  });
}
