// The terminal's colours as numbers, for pictures of the screen.

/** The 16 colours as xterm draws them. */
const SIXTEEN = [
  '#000000',
  '#cd0000',
  '#00cd00',
  '#cdcd00',
  '#0000ee',
  '#cd00cd',
  '#00cdcd',
  '#e5e5e5',
  '#7f7f7f',
  '#ff0000',
  '#00ff00',
  '#ffff00',
  '#5c5cff',
  '#ff00ff',
  '#00ffff',
  '#ffffff',
] as const;
const CUBE_STEPS = [0, 95, 135, 175, 215, 255] as const;

/** `#rrggbb` of the tail of an SGR code; nothing for the terminal's own colour. */
export function rgbOf(color: string): string | undefined {
  const [kind = 0, ...channels] = color.split(';').map(Number);
  if (color === '') return undefined;
  if (!color.includes(';')) return SIXTEEN[kind >= 90 ? kind - 90 + 8 : kind - 30];
  return kind === 2 ? hexadecimal(channels) : paletteColor(channels[0] ?? 0);
}

function paletteColor(index: number): string {
  if (index < 16) return SIXTEEN[index] ?? SIXTEEN[0];
  if (index >= 232) return hexadecimal(new Array(3).fill(8 + 10 * (index - 232)));
  const place = index - 16;
  return hexadecimal(
    [Math.floor(place / 36), Math.floor(place / 6) % 6, place % 6].map((step) => CUBE_STEPS[step] ?? 0),
  );
}

function hexadecimal(channels: readonly number[]): string {
  return `#${channels.map((channel) => Math.min(255, Math.max(0, channel)).toString(16).padStart(2, '0')).join('')}`;
}
