import type { FilmFrame } from '../film/filmFrame.js';
import { formatCount } from '../format.js';
import { hasLayer } from '../penalties.js';
import { type Finding, HALVE_THE_RATE } from './finding.js';
import { reconstructionsOf } from './reconstructions.js';
import type { Symptoms } from './symptoms.js';

/** Rounding to bytes makes a tenth of it; a network that begins to tell images apart has fifty times as much. */
const LARGEST_SPREAD = 2e-4;
/** A healthy network gives out the mean image for its first hundreds of steps. */
const LEAST_LOSSES = 500;
/** Of the first loss: what is still there has hardly been trained. */
const MOVED = 0.1;
const LEAST_GAIN = 0.03;
const BLACK = 0.02;
/** Above it, Adam's steps are what closes relus for good. */
const HIGH_RATE = 0.01;

/** The output is the same picture whatever comes in, in two samples one after the other, and the loss stays as it is. */
export function collapse({ run, samples, trend, learningRate }: Symptoms): Finding | undefined {
  const newest = samples.at(-1);
  const reading = newest && reconstructionsOf(newest);
  const last = samples.findLastIndex((frame) => frame.step === 0 || !isSame(frame));
  const since = samples[last + 1];
  if (reading === undefined || since === undefined || since === newest || trend.losses < LEAST_LOSSES) return undefined;
  if (Math.abs(trend.mean - trend.first) < MOVED * trend.first || gainOf(trend.windows) > LEAST_GAIN) return undefined;
  const black = reading.brightness < BLACK;
  const said = `the output is ${black ? 'black' : 'the same'} for every input`;
  const high = learningRate !== undefined && learningRate > HIGH_RATE;
  return {
    rule: 'collapse',
    step: since.step,
    severity: 'bad',
    sentences: [
      `${said} since step ${formatCount(since.step)}: the network has stopped learning${high ? ` (learning rate ${learningRate})` : ''}`,
      `${said}: it has stopped learning`,
      said,
      'same output for all',
    ],
    advice: hasLayer(run, 'variational')
      ? [
          { words: 'posterior collapse: start again with a lower klWeight of the variational layer' },
          { words: 'or a longer klWarmUp' },
        ]
      : high
        ? [
            { words: `start again with a learning rate far below ${learningRate}, e.g. 0.001` },
            { words: 'its relus are closed for good: a lower rate alone does not open them' },
          ]
        : [{ words: 'start again with another --seed' }, HALVE_THE_RATE],
  };
}

function isSame(frame: FilmFrame): boolean {
  const { spread = Number.NaN } = reconstructionsOf(frame) ?? {};
  return spread < LARGEST_SPREAD;
}

/** By how much the newer half of the windows is lower than the older one. */
function gainOf(windows: readonly number[]): number {
  const middle = Math.floor(windows.length / 2);
  const mean = (part: readonly number[]): number => part.reduce((sum, loss) => sum + loss, 0) / part.length;
  return windows.length < 2 ? 0 : 1 - mean(windows.slice(middle)) / mean(windows.slice(0, middle));
}
