// Whether the terminal is light: black pixels have to be painted there, or white digits would stand on white.

/** OSC 11 with a question mark: the terminal answers with its background, or not at all. */
export const BACKGROUND_QUERY = '\u001b]11;?\u001b\\';

/** One hexadecimal number of one to four digits for each of red, green and blue. */
const ANSWER = /\]11;rgba?:([0-9a-f]{1,4})\/([0-9a-f]{1,4})\/([0-9a-f]{1,4})/i;

/** What the input says about the background; nothing where it holds no answer. */
export function backgroundIn(input: string): 'light' | 'dark' | undefined {
  const channels = ANSWER.exec(input)?.slice(1).map(brightness);
  if (channels === undefined) return undefined;
  const [red = 0, green = 0, blue = 0] = channels;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.5 ? 'light' : 'dark';
}

function brightness(hexadecimal: string): number {
  return Number.parseInt(hexadecimal, 16) / (16 ** hexadecimal.length - 1);
}
