import type { Span } from '../theme/theme.js';

/** A progress bar of exactly `columns` cells, full only when all is done. */
export function drawBar(share: number | undefined, columns: number): Span[] {
  const width = Math.max(0, Math.floor(columns));
  const known = share !== undefined && Number.isFinite(share) ? share : 0;
  const done = Math.min(width, Math.max(0, Math.floor(known * width)));
  return [
    ['accent', '━'.repeat(done)],
    ['rule', '─'.repeat(width - done)],
  ];
}
