// The axes of a chart: which values get a label, and where.

/** A label and the place that it names. */
export interface Tick {
  readonly value: number;
  readonly label: string;
}

/** One decade's labelled values; the first set with two labels in the range is taken. */
const DECADES = [
  [1, 3],
  [1, 2, 5],
  [1, 1.5, 2, 3, 5, 7],
] as const;

/** Labels of a logarithmic axis from `low` to `high`, both above 0. */
export function logTicks(low: number, high: number): Tick[] {
  for (const decade of DECADES) {
    const ticks = ticksWithin(low, high, decade);
    if (ticks.length >= 2) return ticks;
  }
  return [low, high].map((value) => ({ value, label: tickLabel(value) }));
}

function ticksWithin(low: number, high: number, decade: readonly number[]): Tick[] {
  const ticks: Tick[] = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.log10(high); power++)
    for (const digit of decade) {
      const value = digit * 10 ** power;
      if (value >= low && value <= high) ticks.push({ value, label: tickLabel(value) });
    }
  return ticks;
}

/** At most five characters. */
function tickLabel(value: number): string {
  if (value >= 1000 || value < 0.0005) return value.toExponential(0);
  if (value >= 10) return value.toFixed(0);
  return value.toFixed(value < 0.0095 || !isRound(value * 100) ? 3 : 2);
}

function isRound(value: number): boolean {
  return Math.abs(value - Math.round(value)) < 1e-6;
}

/** Round steps (1, 2 or 5 times a power of ten) from 0 to `last`, at most `most` of them beside the 0. */
export function linearTicks(last: number, most: number): Tick[] {
  if (!(last > 0 && most >= 1)) return [{ value: 0, label: '0' }];
  const step = roundStep(last / most);
  const ticks: Tick[] = [];
  for (let value = 0; value <= last; value += step) ticks.push({ value, label: String(value) });
  return ticks;
}

function roundStep(least: number): number {
  const power = 10 ** Math.max(0, Math.floor(Math.log10(least)));
  const digit = [1, 2, 5, 10].find((candidate) => candidate * power >= least) ?? 10;
  return digit * power;
}
