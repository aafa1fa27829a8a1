import { printable } from '../../text/printable.js';

export interface ChartSettings {
  readonly title: string;
  readonly xTitle: string;
  /** Of the first and the last value; the others lie evenly in between. */
  readonly range: readonly [from: number, to: number];
  readonly yTitle: string;
}

/** Of the first curve and the second: told apart on a light page and on a dark one, where Mermaid's own first one is hardly seen. */
export const CURVE_COLOURS = ['orange', 'blue'] as const;
const PALETTE = '#e8820c, #3b82f6';

/**
 * Curves as Mermaid draws them, in a block that GitHub shows as a picture.
 * @param curves of one length each; what comes behind a value that is no number is left out
 * @see https://mermaid.js.org/syntax/xyChart.html
 */
export function mermaidChart(
  { title, xTitle, range, yTitle }: ChartSettings,
  curves: readonly (readonly number[])[],
): string {
  const lines = curves.map((curve) => {
    const end = curve.findIndex((value) => !Number.isFinite(value));
    const values = curve.slice(0, end === -1 ? undefined : end).map((value) => Number(value.toPrecision(4)));
    return `  line [${values.join(', ')}]`;
  });
  return [
    '```mermaid',
    `%%{init: {"themeVariables": {"xyChart": {"plotColorPalette": "${PALETTE}"}}}}%%`,
    'xychart-beta',
    `  title "${quoted(title)}"`,
    `  x-axis "${quoted(xTitle)}" ${range.join(' --> ')}`,
    `  y-axis "${quoted(yTitle)}"`,
    ...lines,
    '```',
  ].join('\n');
}

/** Mermaid has no way to write a quotation mark in one. */
function quoted(text: string): string {
  return printable(text).replaceAll('"', "'");
}
