// The terminal's colour nearest to a pixel. A colour is the tail of its SGR code; the empty one is the terminal's own.
import type { ColorLevel } from '../../theme/capabilities.js';
import { type Image, luminance, valueAt } from './image.js';

export function foreground(color: string): string {
  return color === '' ? '39' : color.includes(';') ? `38;${color}` : color;
}

export function background(color: string): string {
  return color === '' ? '49' : color.includes(';') ? `48;${color}` : String(Number(color) + 10);
}

/** Black, dark grey, light grey and white of the 16 colours. */
const FOUR_GREYS = ['30', '90', '37', '97'] as const;

/** What black becomes. */
export function darkest(level: ColorLevel): string {
  return level === 1 ? FOUR_GREYS[0] : '5;232';
}

/** @param black whether black is left to the terminal or painted */
export function colorOf(
  image: Image,
  column: number,
  line: number,
  level: ColorLevel,
  black: 'terminal' | 'painted',
): string {
  const grey = image.channels === 1 || level === 1;
  const code = grey ? greyCode(luminance(image, column, line), level) : rgbCode(image, column, line, level);
  return code === darkest(level) && black === 'terminal' ? '' : code;
}

function greyCode(value: number, level: ColorLevel): string {
  if (level === 1) return FOUR_GREYS[Math.round((value / 255) * 3)] ?? FOUR_GREYS[3];
  return `5;${232 + Math.min(23, Math.max(0, Math.round((value - 8) / 10)))}`;
}

function rgbCode(image: Image, column: number, line: number, level: ColorLevel): string {
  const [red, green, blue] = [0, 1, 2].map((channel) => valueAt(image, column, line, channel)) as [
    number,
    number,
    number,
  ];
  if (Math.max(red, green, blue) - Math.min(red, green, blue) < 10)
    return greyCode(luminance(image, column, line), level);
  if (level === 3) return `2;${Math.round(red)};${Math.round(green)};${Math.round(blue)}`;
  const [r, g, b] = [red, green, blue].map(cubeStep) as [number, number, number];
  return `5;${16 + 36 * r + 6 * g + b}`;
}

/** The cube's steps are 0, 95, 135, 175, 215 and 255. */
function cubeStep(value: number): number {
  return value < 48 ? 0 : Math.min(5, Math.max(1, Math.round((value - 55) / 40)));
}
