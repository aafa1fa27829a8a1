import { formatLoss } from '../format.js';
import { type Finding, HALVE_THE_RATE } from './finding.js';
import type { Symptoms } from './symptoms.js';

/** Between windows of 50 losses: batches of 20 images differ by 5 % of it, those of one image by 12 %. */
const SWING = 1.25;
/** Up and down is two. */
const LEAST_TURNS = 4;

/** The loss goes up and down by a quarter again and again: the updates are too large, or the data come in an order. */
export function oscillation({ trend: { windows, lastStep } }: Symptoms): Finding | undefined {
  if (turnsIn(windows) < LEAST_TURNS) return undefined;
  const [low, high] = [Math.min(...windows), Math.max(...windows)].map(formatLoss);
  return {
    rule: 'oscillation',
    step: lastStep,
    severity: 'warning',
    sentences: [
      `the loss swings up and down between ${low} and ${high}: the updates are too large, or the data come in an order`,
      `the loss swings between ${low} and ${high}`,
      'the loss swings',
    ],
    advice: [
      HALVE_THE_RATE,
      { words: 'train --shuffle, where images of one kind follow each other' },
      { words: 'a larger --batch-size' },
    ],
  };
}

/** How often it turns from rising by a quarter to falling by as much, or back. */
function turnsIn(windows: readonly number[]): number {
  let turns = 0;
  let direction = 0;
  let [low, high] = [Number.POSITIVE_INFINITY, 0];
  for (const loss of windows) {
    [low, high] = [Math.min(low, loss), Math.max(high, loss)];
    const turned = loss > low * SWING ? 1 : loss * SWING < high ? -1 : 0;
    if (turned === 0 || turned === direction) {
      // What goes on in its direction moves the end that the next turn is measured from.
      if (direction > 0) low = Math.max(low, high / SWING);
      continue;
    }
    if (direction !== 0) turns++;
    direction = turned;
    [low, high] = [loss, loss];
  }
  return turns;
}
