/** Steps from one to another, both included. */
export interface StepRange {
  readonly from: number;
  readonly to: number;
}

/** Where a step stands on `count` places: `from` on the first, `to` on the last, what lies outside on the nearest. */
export function placeOf(step: number, { from, to }: StepRange, count: number): number {
  const place = Math.round(((step - from) / Math.max(1, to - from)) * (count - 1));
  return Math.min(count - 1, Math.max(0, place));
}

/** The step that stands on a place. */
export function stepAt(place: number, { from, to }: StepRange, count: number): number {
  return Math.round(from + (place / Math.max(1, count - 1)) * (to - from));
}
