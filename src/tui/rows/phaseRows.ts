// Where the training's own time goes.

import { formatPercent } from '../../dashboard/format.js';
import type { Phases } from '../../dashboard/performance/phases.js';
import type { Share } from '../charts/shareBar.js';
import type { Span } from '../theme/theme.js';
import { fitPieces } from './fitWords.js';

export interface PhaseShare extends Share {
  /** For a legend. */
  readonly name: string;
  /** For a line. */
  readonly word: string;
}

const PHASES: readonly { field: keyof Phases; name: string; word: string; mark: Span }[] = [
  { field: 'forwardBackwardMs', name: 'forward and backward', word: 'computing', mark: ['accent', '━'] },
  { field: 'updateMs', name: 'update of the weights', word: 'update', mark: ['good', '■'] },
  { field: 'dataMs', name: 'waiting for data', word: 'data', mark: ['bad', '─'] },
  { field: 'waitingMs', name: 'waiting for readers', word: 'readers', mark: ['baseline', '┈'] },
  { field: 'otherMs', name: 'samples, tests, commands', word: 'other', mark: ['rule', '░'] },
];

export function phaseShares(phases: Phases): PhaseShare[] {
  const whole = Math.max(1e-9, ...[Object.values(phases).reduce((sum, part) => sum + part, 0)]);
  return PHASES.map(({ field, name, word, mark }) => ({ share: phases[field] / whole, name, word, mark }));
}

/** In one line, the largest first to stay. */
export function phasesLine(phases: Phases, columns: number): Span[] {
  const shares = phaseShares(phases);
  const order = shares.toSorted((one, other) => other.share - one.share);
  const pieces = shares
    .filter(({ share }) => share >= 0.01)
    .map((phase) => ({
      span: ['label', `${phase.word} ${formatPercent(phase.share)}`] as const,
      rank: order.indexOf(phase),
    }));
  return fitPieces(pieces, columns);
}
