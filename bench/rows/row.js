// A row of the table: figures of one round in, a score out, and what the score has to reach.

/**
 * @typedef {ReturnType<import('../rounds.js').figure>} Figure
 * @typedef {object} Row
 * @property {string} what
 * @property {readonly Figure[]} uses what has to be measured for it
 * @property {Figure} [measured] shown
 * @property {readonly Figure[]} [peers] the best of those that are there is shown
 * @property {(figureOf: (figure: Figure) => number | undefined) => number | undefined} score of one round
 * @property {'×' | '%' | 'ms' | 's' | 'MB' | ''} unit
 * @property {number} [bar]
 * @property {number} [stretch]
 * @property {boolean} [atMost] the bar is a most, not a least
 */

/** One figure over the best of some others. `scale`: of the figure. */
export function ratioRow({ what, measured, peers, scale = 1, unit = '×', bar, stretch }) {
  const score = (figureOf) => {
    const others = peers.map(figureOf).filter(Number.isFinite);
    const value = figureOf(measured);
    return others.length === 0 || value === undefined ? undefined : (scale * value) / Math.max(...others);
  };
  return { what, uses: [measured, ...peers], measured, peers, score, unit, bar, stretch };
}

/** One figure, which is its own score. */
export function figureRow({ what, measured, unit = '', atMost = true, ...rest }) {
  return { what, uses: [measured], measured, score: (figureOf) => figureOf(measured), unit, atMost, ...rest };
}

/** Figures to know, without a score. */
export function knownRow(measured, what = measured.name) {
  return { what, uses: [measured], measured, score: () => undefined, unit: '' };
}

/** Several rows as one: without a score unless every one has one. */
export function together(rows, { what, combine, bar, stretch }) {
  const score = (figureOf) => {
    const ratios = rows.map((row) => row.score(figureOf));
    return ratios.every(Number.isFinite) ? combine(ratios) : undefined;
  };
  return { what, uses: rows.flatMap(({ uses }) => uses), score, unit: '×', bar, stretch };
}
