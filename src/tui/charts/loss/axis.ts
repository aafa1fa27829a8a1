// The axes of a chart: which values get a label, and where.

/** A label and the place that it names. */
export interface Tick {
  readonly value: number;
  readonly label: string;
}

/** One decade's labelled values, from few to many. */
const DECADES = [
  [1, 3],
  [1, 2, 5],
] as const;

/** Labels of a logarithmic axis from `low` to `high`, both above 0: of decades, or evenly apart where it spans less than one. */
export function logTicks(low: number, high: number, most: number): Tick[] {
  const sets = DECADES.map((decade) => ticksWithin(low, high, decade)).filter(({ length }) => length >= 2);
  return sets.findLast(({ length }) => length <= most) ?? sets[0] ?? evenTicks(low, high, most);
}

function ticksWithin(low: number, high: number, decade: readonly number[]): Tick[] {
  const ticks: Tick[] = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.log10(high); power++)
    for (const digit of decade) {
      const value = digit * 10 ** power;
      if (value >= low && value <= high) ticks.push({ value, label: logLabel(value) });
    }
  return ticks;
}

/** At most six characters. */
function logLabel(value: number): string {
  if (value >= 1000 || value < 0.0005) return value.toExponential(0);
  if (value >= 10) return value.toFixed(0);
  return value.toFixed(value < 0.0095 ? 3 : 2);
}

/** Labels of an axis with even distances: as many as there is room for, but two at least. */
export function evenTicks(low: number, high: number, most: number): Tick[] {
  let intervals = Math.max(1, most);
  let step = roundStep((high - low) / intervals);
  while (multiplesWithin(low, high, step).length < 2 && intervals < ENOUGH_INTERVALS)
    step = roundStep((high - low) / ++intervals);
  return multiplesWithin(low, high, step).map((value) => ({ value, label: evenLabel(value, step) }));
}

/** A round step is at most 2.5 times as long as asked for: two fit into so many intervals wherever they begin. */
const ENOUGH_INTERVALS = 5;

/** With the digits that tell neighbours apart; at most six characters. */
function evenLabel(value: number, step: number): string {
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const plain = decimals > 6 ? '' : value.toFixed(decimals);
  const candidates = [plain, plain.replace(/^(-?)0\./, '$1.'), value.toExponential(1), value.toExponential(0)];
  return candidates.map((label) => label.replace('e+', 'e')).find((label) => label !== '' && label.length <= 6) ?? '0';
}

/** Whole numbers, evenly apart (1, 2 or 5 times a power of ten), at most `most` of them beside the first. */
export function wholeTicks(low: number, high: number, most: number): number[] {
  if (!(high > low && most >= 1)) return [];
  return multiplesWithin(low, high, Math.max(1, roundStep((high - low) / most)));
}

/** Columns of a decade that has room for labels between its powers of ten. */
const WIDE_DECADE = 18;

/** Whole numbers of a logarithmic axis of so many columns: powers of ten, and where there is room 2 and 5 of each. */
export function logWholeTicks(low: number, high: number, columns: number): number[] {
  const first = Math.max(1, low);
  if (!(high > first && Number.isFinite(high))) return [];
  const digits = columns / Math.log10(high / first) >= WIDE_DECADE ? [1, 2, 5] : [1];
  const powers = Array.from({ length: Math.floor(Math.log10(high)) + 1 }, (_, power) => 10 ** power);
  return powers
    .flatMap((power) => digits.map((digit) => digit * power))
    .filter((value) => value >= first && value <= high);
}

function multiplesWithin(low: number, high: number, step: number): number[] {
  const first = Math.ceil(low / step);
  const count = Math.max(0, Math.floor(high / step) - first + 1);
  if (!Number.isFinite(count)) return [];
  return Array.from({ length: count }, (_, index) => (first + index) * step).filter(
    (value) => value >= low && value <= high,
  );
}

function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  const digit = [1, 2, 5, 10].find((candidate) => candidate * power >= least) ?? 10;
  return digit * power;
}
