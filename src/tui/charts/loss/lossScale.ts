// The vertical axis of the loss chart: which losses it spans, and how high each one stands.
import { evenTicks, logTicks, type Tick } from './axis.js';

export type ScaleKind = 'log' | 'linear';

/** Lowest and highest loss that has to be seen; a little apart at least. */
export interface LossScale {
  readonly kind: ScaleKind;
  readonly low: number;
  readonly high: number;
}

/** Nearer to the limits of a double, logarithms and margins would leave it. */
const [SMALLEST, LARGEST] = [1e-300, 1e300] as const;

/** Spans all losses that such a scale can show; what is not finite, and without a logarithm what is not above 0, is left out. Nothing where none is left. */
export function lossScale(losses: Iterable<number>, kind: ScaleKind): LossScale | undefined {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const loss of losses) {
    if (!Number.isFinite(loss) || (kind === 'log' && loss <= 0)) continue;
    low = Math.min(low, loss);
    high = Math.max(high, loss);
  }
  if (low > high) return undefined;
  return kind === 'log' ? logScale(low, high) : linearScale(low, high);
}

function logScale(lowest: number, highest: number): LossScale {
  const low = Math.min(LARGEST, Math.max(SMALLEST, lowest));
  const high = Math.min(LARGEST, Math.max(SMALLEST, highest));
  return high > low * 1.1 ? { kind: 'log', low, high } : { kind: 'log', low: low / 1.1, high: high * 1.1 };
}

function linearScale(lowest: number, highest: number): LossScale {
  const low = Math.min(LARGEST, Math.max(-LARGEST, lowest));
  const high = Math.min(LARGEST, Math.max(-LARGEST, highest));
  const margin = Math.max(Math.abs(low), Math.abs(high), SMALLEST) * 0.05;
  return high - low > margin
    ? { kind: 'linear', low, high }
    : { kind: 'linear', low: low - margin, high: high + margin };
}

/** How deep a loss stands: 0 at the top (highest) to 1 at the bottom. */
export function depthsOn({ kind, low, high }: LossScale): (loss: number) => number {
  const place = kind === 'log' ? Math.log : (value: number): number => value;
  const [top, span] = [place(high), place(high) - place(low)];
  return (loss) => Math.min(1, Math.max(0, (top - place(Math.max(loss, low))) / span));
}

/** @param most labels that there is room for */
export function lossTicks({ kind, low, high }: LossScale, most: number): Tick[] {
  return kind === 'log' ? logTicks(low, high, most) : evenTicks(low, high, most);
}
