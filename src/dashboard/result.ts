// What came of a run: how its pictures and its losses began, were at their best, and ended.
import type { Baseline } from './comparison.js';
import { frameAt } from './film/film.js';
import type { FilmFrame } from './film/filmFrame.js';
import { baselineLossAt } from './lead.js';
import type { DashboardState } from './state.js';

export type Milestone = 'first' | 'best' | 'last';

/** A sample that a result shows, and what it is: the last one may be the best as well. */
export interface ResultFrame {
  readonly names: readonly Milestone[];
  readonly frame: FilmFrame;
}

/** Before the training, at the best epoch, and at the end; a sample that is two of them stands once. */
export function resultFrames({ film, bestEpoch }: DashboardState): ResultFrame[] {
  const [first, last] = [film.frames[0], film.frames.at(-1)];
  if (first === undefined || last === undefined) return [];
  const best = bestEpoch && frameAt(film, bestEpoch.step);
  const milestones = [
    ['first', first],
    ['best', best],
    ['last', last],
  ] as const;
  const frames = [...new Set(milestones.flatMap(([, frame]) => (frame === undefined ? [] : [frame])))];
  return frames.map((frame) => ({
    frame,
    names: milestones.flatMap(([name, other]) => (other === frame ? [name] : [])),
  }));
}

/** Places of the images of a sample, the one that is reconstructed worst first. */
export function worstFirst({ images }: FilmFrame): number[] {
  const loss = (place: number): number => images[place]?.loss ?? Number.NaN;
  return images.map((_, place) => place).toSorted((one, other) => loss(other) - loss(one));
}

/** Mean squared errors of an epoch. */
export interface ResultLosses {
  readonly name: string;
  readonly of: 'best' | 'last' | 'comparison';
  readonly epoch: number;
  readonly train: number | undefined;
  readonly test: number | undefined;
}

/** The best and the last epoch, and what the run is compared with as it was there: all in one unit. */
export function resultLosses(state: DashboardState, baseline: Baseline | undefined): ResultLosses[] {
  const { bestEpoch, epochs, run } = state;
  const last = epochs.at(-1);
  if (last === undefined) return [];
  const own = (of: 'best' | 'last', { epoch, trainLoss: train, testLoss: test } = last): ResultLosses => ({
    name: of,
    of,
    epoch,
    train,
    test,
  });
  const compared = baseline && baselineLossAt(baseline, last.step, run?.stepsPerEpoch);
  return [
    ...(bestEpoch === undefined || bestEpoch.epoch === last.epoch ? [] : [own('best', bestEpoch)]),
    own('last'),
    ...(baseline === undefined || compared === undefined
      ? []
      : [{ name: baseline.name, of: 'comparison', epoch: last.epoch, train: compared, test: undefined } as const]),
  ];
}
