/** Steps from one to another, both included. */
export interface StepRange {
  readonly from: number;
  readonly to: number;
  /** Equal distances are equal factors, which gives the first steps room. @default false: equal differences */
  readonly logarithmic?: boolean;
}

/** Where a step stands on `count` places: `from` on the first, `to` on the last, what lies outside on the nearest. */
export function placeOf(step: number, range: StepRange, count: number): number {
  const place = Math.round(shareOf(step, range) * (count - 1));
  return Math.min(count - 1, Math.max(0, place));
}

function shareOf(step: number, { from, to, logarithmic = false }: StepRange): number {
  if (!logarithmic || to <= from) return (step - from) / Math.max(1, to - from);
  return Math.log(Math.max(step, from) / from) / Math.log(to / from);
}

/** The step that stands on a place. */
export function stepAt(place: number, { from, to, logarithmic = false }: StepRange, count: number): number {
  const share = place / Math.max(1, count - 1);
  return Math.round(logarithmic ? from * (to / from) ** share : from + share * (to - from));
}
