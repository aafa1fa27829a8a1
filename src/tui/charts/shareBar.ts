import type { Span } from '../theme/theme.js';

/** A part of a whole, and what it is drawn with. */
export interface Share {
  readonly share: number;
  readonly mark: Span;
}

/** Parts of a whole beside each other in exactly `columns` cells; what is left over stays free. */
export function drawShares(shares: readonly Share[], columns: number): Span[] {
  const width = Math.max(0, Math.floor(columns));
  let [sum, drawn] = [0, 0];
  const spans = shares.map(({ share, mark: [tone, character] }): Span => {
    sum += Number.isFinite(share) ? Math.max(0, share) : 0;
    const end = Math.min(width, Math.round(sum * width));
    const text = character.repeat(end - drawn);
    drawn = end;
    return [tone, text];
  });
  return [...spans, ['value', ' '.repeat(width - drawn)]];
}
