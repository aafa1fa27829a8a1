import type { Span } from '../theme/theme.js';

/** Where a film stands, in exactly `columns` cells: what has been, the place, what is to come. */
export function drawScrubBar(share: number, columns: number): Span[] {
  const width = Math.max(0, Math.floor(columns));
  if (width === 0) return [];
  const known = Number.isFinite(share) ? Math.min(1, Math.max(0, share)) : 1;
  const place = Math.round(known * (width - 1));
  return [
    ['accent', '━'.repeat(place)],
    ['value', '●'],
    ['rule', '─'.repeat(width - 1 - place)],
  ];
}
