// What may not differ between a run and its resume, since another training would come of it.
import { RunError } from '../../errors.js';
import type { Network } from '../../model/architecture.js';
import type { CheckpointState, RunState } from '../../model/checkpointState.js';
import { type EngineDescription, isEngineName } from '../../model/engine.js';
import { INITIAL_OF_BEFORE } from '../../model/initialWeights.js';
import { lossText, parseLoss } from '../../model/losses/lossSum.js';
import type { RunInput } from '../config.js';
import type { OwnParts } from '../ownParts.js';

const FIXED = {
  batchSize: 'batch size',
  seed: 'seed',
  initial: 'initial weights',
  noise: 'noise',
  shuffle: 'shuffle',
  limit: 'limit',
  holdOut: 'held-out share',
  schedule: 'schedule',
  scheduleSteps: 'schedule steps',
  scheduleFactor: 'schedule factor',
  scheduleEpochs: 'schedule epochs',
  learningRateWarmUp: 'learning rate warm-up',
  loss: 'loss',
  huberDelta: 'Huber delta',
  optimizer: 'optimizer',
  beta1: 'beta1',
  beta2: 'beta2',
  epsilon: 'epsilon',
  momentum: 'momentum',
  nesterov: 'nesterov',
  smoothing: 'smoothing',
  weightDecay: 'weight decay',
  clipNorm: 'clip norm',
  resize: 'size of images',
  fit: 'fit',
  channels: 'channels',
  layout: 'layout',
  shape: 'shape of an image',
  transpose: 'transpose',
} as const;

/** What those are that were not given, or did not exist yet. */
const UNSET: Partial<Record<keyof typeof FIXED, string | number>> = {
  limit: 'all',
  holdOut: 'none',
  schedule: 'constant',
  learningRateWarmUp: 0,
  initial: INITIAL_OF_BEFORE,
  loss: 'mse',
  optimizer: 'adam',
  resize: 'their own',
  fit: 'cover',
  channels: 'their own',
  layout: 'as the shape tells',
  shape: "the data's own",
  transpose: 'false',
};

/** @throws RunError `RUN_RESUME` that lists what was given and what the run has */
export function requireSameOptions(input: RunInput, { config }: CheckpointState, run: RunState, path: string): void {
  const { engine } = run;
  const given = { ...input, ...(input.loss !== undefined && { loss: lossText(parseLoss(input.loss)) }) };
  const options = (Object.keys(FIXED) as (keyof typeof FIXED)[]).map(
    (option) => [FIXED[option], given[option], config[option] ?? UNSET[option] ?? 'its default'] as const,
  );
  const engineOptions = [
    ['engine', input.engine, engine.name],
    ['backend', input.backend, engine.backend],
    ['relaxed', input.relaxed, engine.relaxed],
  ] as const;
  refuse(
    [...options, ...engineOptions]
      .filter(([, given, before]) => given !== undefined && shown(given) !== shown(before))
      .map(([name, given, before]) => `${name} ${shown(before)}, not ${shown(given)}`),
    path,
  );
}

function shown(value: unknown): string {
  return Array.isArray(value) ? value.join('×') : String(value);
}

/** @throws RunError `RUN_RESUME` where a part of the user's own is missing, or stages have other names: what can be told before data are opened */
export function requireSameParts(given: OwnParts, { own: before, engine }: RunState, path: string): void {
  const namesOf = (part: object | undefined): string => Object.keys(part ?? {}).join(', ') || 'none';
  const differences = (['stages', 'prepare'] as const).flatMap((part) => {
    const [had, has] = [before?.[part].join(', ') || 'none', namesOf(given[part])];
    return had === has ? [] : [`${part} ${had}, not ${has}`];
  });
  if (before?.data !== undefined && given.data === undefined)
    differences.push(`the data ${before.data} of your own, which are not given`);
  if (given.engine === undefined && !isEngineName(engine.name))
    differences.push(`the engine ${engine.name} of your own, which is not given`);
  refuse(differences, path, 'Give the same data, stages, prepare and engine as before, or begin a new run.');
}

/** @throws RunError `RUN_RESUME` where another engine is given */
export function requireSameEngine(given: EngineDescription, { engine }: RunState, path: string): void {
  if (given.name !== engine.name) refuse([`engine ${engine.name}, not ${given.name}`], path);
}

/** @throws RunError `RUN_RESUME` where data without a digest have another name */
export function requireSameDataName(given: RunState['own'], { own: before, data }: RunState, path: string): void {
  if (data.digest !== undefined || before?.data === given?.data) return;
  refuse([`the data ${before?.data}, not ${given?.data}`], path, 'Give the same data as before, or begin a new run.');
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

function refuse(
  differences: readonly string[],
  path: string,
  advice = 'Leave out what is the same anyway, or begin a new run.',
): void {
  if (differences.length === 0) return;
  throw new RunError({
    code: 'RUN_RESUME',
    path,
    problem: `this run has ${differences.join('; ')}`,
    advice,
  });
}
