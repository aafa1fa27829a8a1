// What a checkpoint holds beside its tensors, as JSON text in the file's metadata.
import * as z from 'zod';
import { isSlotName } from './optimizers/slotNames.js';
import { weightsError } from './safetensors/weightsError.js';

/** Changes when an older Millrace could no longer read the state rightly. */
export const CHECKPOINT_VERSION = 1;

const count = z.int().min(0);
/** JSON has no NaN and no infinities: they are strings. */
const measured = z.union([z.number(), z.literal(['NaN', 'Infinity', '-Infinity'])]).transform(Number);

const runSchema = z.object({
  /** Id of the run. */
  run: z.string(),
  /** `seq` of the event that comes next, and what the last one before it says of its time. */
  events: z.object({ seq: count, last: z.object({ time: z.string(), elapsedMs: z.number() }).optional() }),
  /** Milliseconds of run time so far. */
  elapsedMs: z.number().min(0),
  /** Planned epochs; commands may have changed them. */
  epochs: z.int().min(1),
  /** The epoch of the last update: its next batch, whether its end has been told, and what has been summed over it. */
  position: z.object({
    index: count,
    closed: z.boolean(),
    /** A command has set the learning rate: no schedule changes it any more. */
    rateIsSet: z.boolean().optional(),
    lossSum: measured,
    items: count,
    durationMs: z.number().min(0),
  }),
  /** sha256 of the images' payload; absent for stdin. */
  data: z.object({ digest: z.string().optional(), testDigest: z.string().optional() }),
  /** The engine, on which the bits depend. */
  engine: z.object({ name: z.string(), backend: z.string(), relaxed: z.boolean() }),
  /** Names of what the program brought itself: its data, what batches pass, and what test images pass too. */
  own: z.object({ data: z.string().optional(), stages: z.array(z.string()), prepare: z.array(z.string()) }).optional(),
  /** The lowest loss of an epoch so far: of the test data, without them of the training. */
  lowestLoss: measured.optional(),
  /** State of early stopping: the loss to improve on, and for how many epochs nothing has. */
  patience: z.object({ lowest: measured.optional(), waited: count }),
  /** State of the schedule `plateau`: the loss to improve on, for how many epochs nothing has, and how often that was too long. */
  plateaus: z.object({ lowest: measured.optional(), waited: count, count }).optional(),
  /** Times that the run went back to a checkpoint because its loss was not a number. */
  rollbacks: count,
  /** Whether a command asked for this checkpoint. */
  requested: z.boolean(),
  /** The last epochs. */
  history: z.array(
    z.object({ epoch: z.int().min(1), step: count, trainLoss: measured, testLoss: measured.optional() }),
  ),
});

const stateSchema = z.object({
  version: z.literal(CHECKPOINT_VERSION),
  /** Number of updates done. */
  step: count,
  /** The epoch of the last update; counts from 1. */
  epoch: z.int().min(1),
  learningRate: z.number().min(0),
  /** Names of what the optimizer remembers of each weight. Absent where they are Adam's, which once was the only one. */
  slots: z.array(z.string().refine(isSlotName)).optional(),
  seed: z.int(),
  /** Every effective option, as in the `run` event. */
  config: z.record(z.string(), z.unknown()),
  /** What a run needs to go on in its folder; absent where something else than a run has saved it. */
  run: runSchema.optional(),
});

/** What a checkpoint holds beside its tensors: the JSON text `checkpoint` in the file's metadata. */
export type CheckpointState = Readonly<z.output<typeof stateSchema>>;

/** What a run needs to go on where it was, beside the training's own state. */
export type RunState = Readonly<z.output<typeof runSchema>>;

/** The state as JSON text. */
export function encodeState(state: CheckpointState): string {
  return JSON.stringify(state, (_, value: unknown) =>
    typeof value === 'number' && !Number.isFinite(value) ? String(value) : value,
  );
}

/** @throws WeightsError where it is not a state of this version */
export function checkState(value: unknown, path: string | undefined): CheckpointState {
  const result = stateSchema.safeParse(value);
  if (result.success) return result.data;
  const { version } = Object(value) as { readonly version?: unknown };
  if (typeof version === 'number' && version > CHECKPOINT_VERSION)
    throw weightsError('WEIGHTS_HEADER', path, {
      problem: 'checkpoint in the metadata: version',
      expected: `a state of version ${CHECKPOINT_VERSION}`,
      actual: `version ${version}`,
      advice: 'A newer Millrace has written this checkpoint: use that one.',
    });
  const [issue] = result.error.issues;
  throw weightsError('WEIGHTS_HEADER', path, {
    problem: `checkpoint in the metadata: ${issue?.path.join('.') || 'the whole of it'}`,
    expected: `a state of version ${CHECKPOINT_VERSION}`,
    actual: issue?.message.toLowerCase() ?? 'something else',
    advice: 'The checkpoint is damaged, or of another version of Millrace: use the one that wrote it.',
  });
}
