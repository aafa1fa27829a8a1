// What may not differ between a run and its resume, since another training would come of it.
import { RunError } from '../../errors.js';
import type { Network } from '../../model/architecture.js';
import type { CheckpointState, RunState } from '../../model/checkpointState.js';
import type { RunInput } from '../config.js';

const FIXED = {
  batchSize: 'batch size',
  seed: 'seed',
  noise: 'noise',
  shuffle: 'shuffle',
  limit: 'limit',
} as const;

/** @throws RunError `RUN_RESUME` that lists what was given and what the run has */
export function requireSameOptions(input: RunInput, { config }: CheckpointState, run: RunState, path: string): void {
  const { engine } = run;
  const options = (Object.keys(FIXED) as (keyof typeof FIXED)[]).map(
    (option) => [FIXED[option], input[option], config[option]] as const,
  );
  const engineOptions = [
    ['engine', input.engine, engine.name],
    ['backend', input.backend, engine.backend],
    ['relaxed', input.relaxed, engine.relaxed],
  ] as const;
  refuse(
    [...options, ...engineOptions]
      .filter(([, given, before]) => given !== undefined && given !== before)
      .map(([name, given, before]) => `${name} ${before ?? 'all'}, not ${given}`),
    path,
  );
}

/** @throws RunError `RUN_RESUME` where the images are others */
export function requireSameData(given: RunState['data'], { data }: RunState, path: string): void {
  refuse(
    [
      ...difference('training images', data.digest, given.digest),
      ...difference('test images', data.testDigest, given.testDigest),
    ],
    path,
  );
}

/** @throws RunError `RUN_RESUME` where the network is another one */
export function requireSameNetwork(given: Network, before: Network, path: string): void {
  const text = ({ architecture: { input, encoder, decoder } }: Network): string =>
    JSON.stringify([input, encoder, decoder]);
  if (text(given) === text(before)) return;
  const layers = (list: 'encoder' | 'decoder') =>
    Array.from({ length: Math.max(given.architecture[list].length, before.architecture[list].length) }, (_, index) => {
      const [had, has] = [before, given].map(({ architecture }) => JSON.stringify(architecture[list][index] ?? 'none'));
      return had === has ? [] : [`${list}.${index} ${had}, not ${has}`];
    }).flat();
  const [had, has] = [before, given].map(({ architecture }) => architecture.input.join('×'));
  refuse(
    [...(had === has ? [] : [`an input of ${had}, not ${has}`]), ...layers('encoder'), ...layers('decoder')],
    path,
  );
}

function difference(name: string, before: string | undefined, given: string | undefined): readonly string[] {
  if (before === given) return [];
  const short = (digest: string | undefined): string => (digest === undefined ? 'none' : `${digest.slice(0, 12)}…`);
  return [`${name} with the digest ${short(before)}, not ${short(given)}`];
}

function refuse(differences: readonly string[], path: string): void {
  if (differences.length === 0) return;
  throw new RunError({
    code: 'RUN_RESUME',
    path,
    problem: `this run has ${differences.join('; ')}`,
    advice: 'Leave out what is the same anyway, or begin a new run.',
  });
}
