// The event vocabulary: one for memory, NDJSON, SSE, brokers and files. The first event of a run is `run`, the last `end`.
// The schemas describe the wire; the types are what a reader holds in memory, where NaN and infinities are numbers.
import * as z from 'zod';
import { nonEmptyText } from '../text/nonEmptyText.js';
import type { MillraceEvent } from './event.js';
import { MOST_BINS, MOST_IMAGE_BYTES, MOST_SETTINGS, MOST_TEXT_CHARACTERS } from './measurements/limits.js';

/** Version of this vocabulary, in every `run` event. Minor versions of Millrace add fields; a change of meaning adds one here. */
export const EVENT_SCHEMA_VERSION = 1;

/** A measured number. JSON has no NaN and no infinities: on the wire they are strings. */
const measured = z.union([z.number(), z.literal(['NaN', 'Infinity', '-Infinity'])]).transform(Number);
const count = z.int().min(0);
const shape = z.tuple([count, count, count]);
const pixels = z.base64();
const layer = z.looseObject({ type: z.string() });

/** Fields that are checked, beside any others, which stay as they are: a copy of a stream loses nothing of a newer version. */
function fields<Fields extends z.core.$ZodLooseShape>(checked: Fields) {
  // The types know only what is checked: an index signature would take the names of all other fields away.
  return z.looseObject(checked) as unknown as ReturnType<typeof z.object<Fields>>;
}

/** Numbers as bytes: 0 stands for `low`, 255 for `high`. */
const levels = fields({ low: measured, high: measured, values: pixels });

/** The checks of what every event has. */
export const common = {
  run: z.string().meta({ description: 'id of the run, YYYYMMDD-HHMMSS-xxxx (UTC): the newest is the greatest' }),
  seq: count.meta({ description: '0, 1, 2 …, no gaps, also over a resume' }),
  time: z.string().meta({ description: 'RFC 3339, UTC, milliseconds', format: 'date-time' }),
  elapsedMs: z.number().min(0).meta({ description: 'monotonic since the first run event, without pauses' }),
  epoch: z.int().min(1).meta({ description: 'counts from 1' }),
  step: count.meta({ description: 'updates done since the run began, over all epochs' }),
};

function event<Type extends string, Fields extends z.core.$ZodLooseShape>(type: Type, own: Fields) {
  return fields({ type: z.literal(type), ...common, ...own });
}

/** Before the first update, at no known time. */
const BEGINNING = { seq: 0, time: '1970-01-01T00:00:00.000Z', elapsedMs: 0, epoch: 1, step: 0 };

/** What Millrace writes has all of it; of others a reader needs no more than what it is, on what, how long, and what computes it. */
const run = fields({
  type: z.literal('run'),
  run: common.run,
  seq: common.seq.default(BEGINNING.seq),
  time: common.time.default(BEGINNING.time),
  elapsedMs: common.elapsedMs.default(BEGINNING.elapsedMs),
  epoch: common.epoch.default(BEGINNING.epoch),
  step: common.step.default(BEGINNING.step),
  schema: z.literal(EVENT_SCHEMA_VERSION).optional(),
  version: z.string().optional(),
  config: z
    .record(z.string(), z.unknown())
    .optional()
    .meta({ description: 'every effective option, flags in camelCase' }),
  dataset: fields({
    name: z.string(),
    source: z.string().optional(),
    items: count.optional().meta({ description: 'absent where a stream does not say' }),
    testItems: count.optional(),
    shape,
    digest: z.string().optional().meta({ description: "sha256 of the training images' payload, absent for stdin" }),
    sample: z.boolean().optional().meta({ description: 'true for the embedded sample of MNIST' }),
  }),
  architecture: fields({
    name: z.string(),
    input: shape,
    encoder: z.array(layer),
    decoder: z.array(layer),
  }).optional(),
  parameters: count.optional(),
  layers: z
    .array(
      fields({
        name: z.string(),
        type: z.string(),
        from: z.string().optional().meta({ description: 'the earlier layer that a skip connection reads, too' }),
        output: z.array(count),
        parameters: count,
      }),
    )
    .optional()
    .meta({
      description: 'encoder.0, encoder.1, …, decoder.0, …: the shape that leaves each layer, and its parameters',
    }),
  engine: fields({
    name: z.string(),
    backend: z.string().optional().meta({ description: 'wasm-simd, tensorflow, wasm or cpu' }),
    threads: count.optional(),
    reason: z.string().optional().meta({ description: 'why this engine and backend' }),
    plan: z.array(z.string()).optional().meta({ description: 'simd: the kernels of each layer or group of layers' }),
    relaxed: z
      .boolean()
      .optional()
      .meta({ description: 'simd: multiply-adds are fused; bits differ between machines' }),
  }),
  seed: z.int().optional(),
  epochs: count,
  stepsPerEpoch: count.optional().meta({ description: 'absent where a stream does not say' }),
  notebookLosses: z
    .array(z.number())
    .optional()
    .meta({ description: 'what the notebook printed after each of its epochs, where comparable' }),
  resumedFrom: fields({ step: count, checkpoint: z.string() }).optional(),
});

/** The checks of what a loss has beside. */
export const lossFields = {
  loss: measured.meta({
    description:
      'of that batch, mean over all pixels (0..1), before the update: the mean squared error, or the `loss` that `config` names',
  }),
  items: count,
  learningRate: measured,
};

const loss = event('loss', lossFields);

const sample = event('sample', {
  split: z.enum(['train', 'test']),
  shape,
  latentShape: z
    .array(count)
    .optional()
    .meta({ description: 'of every `latent`: [h, w, c] or [n]; absent where it has more than 4,096 values' }),
  items: z.array(
    fields({
      index: count,
      label: count.optional(),
      loss: measured.meta({ description: 'against the target' }),
      input: pixels.meta({ description: '8-bit pixels in h, w, c order, base64: what the network saw' }),
      target: pixels.optional().meta({ description: 'where it differs from the input' }),
      reconstruction: pixels,
      latent: levels
        .optional()
        .meta({ description: "the encoder's output, in h, w, c order; one range for all items of a sample" }),
    }),
  ),
});

const weights = event('weights', {
  layer: z.string().meta({ description: 'the first layer with weights, where it has filters: e.g. encoder.0' }),
  shape: z.array(count).meta({ description: '[filters, h, w, c]: the first filters, at most 64 and 4,096 values' }),
  filters: levels.meta({
    description: 'symmetric where both signs occur: low is -high, and 0 lies between the bytes 127 and 128',
  }),
});

const profile = event('profile', {
  layers: z.array(
    fields({
      layers: z.string().meta({
        description:
          'a layer, or several that are computed together: encoder.0 + encoder.1; also input, target and loss',
      }),
      forwardMicroseconds: z.number().meta({ description: 'for an image, on one thread' }),
      backwardMicroseconds: z.number(),
    }),
  ),
  updateMicroseconds: z.number().meta({ description: 'for a batch: the optimizer; mean of all updates so far' }),
});

const epoch = event('epoch', {
  trainLoss: measured.meta({ description: 'mean over items' }),
  testLoss: measured.optional(),
  printedLoss: measured.meta({ description: 'batch size × trainLoss, what the notebook prints' }),
  notebookLoss: z.number().optional().meta({ description: "the notebook's value for that epoch, where comparable" }),
  imagesPerSecond: z.number(),
  durationMs: z.number(),
});

const evaluation = event('evaluation', {
  testLoss: measured.meta({ description: 'mean over the test items, at this step' }),
  items: count,
  durationMs: z.number(),
});

const metric = event('metric', {
  name: nonEmptyText().meta({
    description: 'what was measured, in the words of the one who measures it: psnr, accuracy …',
  }),
  value: measured,
  unit: z.string().optional().meta({ description: 'dB, %, ms …' }),
  split: z.string().optional().meta({ description: 'the images it was measured on: train, test …' }),
});

const measuredName = nonEmptyText().meta({ description: 'what it is, in the words of the one who tells it' });

const image = event('image', {
  name: measuredName,
  shape: z
    .tuple([z.int().min(1), z.int().min(1), z.literal([1, 3])])
    .meta({ description: '[height, width, channels]: grey, or red, green and blue' }),
  pixels: pixels.meta({ description: '8-bit pixels in h, w, c order, base64: at most 1,048,576 of them' }),
}).refine(({ shape: [height, width, channels], pixels: { length } }) => {
  const size = height * width * channels;
  return size <= MOST_IMAGE_BYTES && length === Math.ceil(size / 3) * 4;
}, `needs as many pixels as its shape says, and at most ${MOST_IMAGE_BYTES}`);

const histogram = event('histogram', {
  name: measuredName,
  edges: z
    .array(z.number())
    .min(2)
    .max(MOST_BINS + 1)
    .meta({ description: 'of the bins, ascending' }),
  counts: z
    .array(z.number().min(0))
    .max(MOST_BINS)
    .meta({ description: 'of the values in each bin, one fewer than edges' }),
}).refine(
  ({ edges, counts }) =>
    counts.length === edges.length - 1 && edges.every((edge, index) => index === 0 || edge > edges[index - 1]!),
  'needs ascending edges, one more than counts',
);

const text = event('text', {
  name: measuredName,
  text: z.string().max(MOST_TEXT_CHARACTERS).meta({ description: 'any number of lines' }),
});

const configuration = event('configuration', {
  values: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))
    .refine((values) => Object.keys(values).length <= MOST_SETTINGS, `needs at most ${MOST_SETTINGS} values`)
    .meta({ description: 'hyperparameters by name, nested ones flattened with dots; at most 1,000' }),
});

const checkpoint = event('checkpoint', {
  path: z.string().meta({ description: 'relative to the run folder' }),
  bytes: count,
  durationMs: z.number(),
  best: z.boolean(),
  requested: z.boolean().optional().meta({ description: 'a command asked for it' }),
});

/** What may be asked of a training; a rollback only a rule decides. */
export const COMMAND_ACTIONS = [
  'pause',
  'resume',
  'step',
  'learningRate',
  'epochs',
  'save',
  'evaluate',
  'stop',
  'abandon',
] as const;

/** Who may have asked. */
export const COMMAND_SENDERS = ['keyboard', 'file', 'signal', 'rule', 'api'] as const;

const command = event('command', {
  action: z.enum([...COMMAND_ACTIONS, 'rollback']),
  value: z.number().optional(),
  from: z.enum(COMMAND_SENDERS),
});

const stats = event('stats', {
  imagesPerSecond: z.number(),
  rssBytes: count.optional().meta({ description: 'memory of the process; absent where no one can tell' }),
  phases: fields({
    dataMs: z.number().meta({ description: 'the training waits for a batch: it is read, cut, made noisy' }),
    forwardBackwardMs: z.number(),
    updateMs: z.number().meta({ description: 'the optimizer' }),
    waitingMs: z.number().meta({ description: 'the training waits for readers of its events, writing them included' }),
    otherMs: z.number().meta({ description: 'samples, profiles, evaluation, commands' }),
  })
    .optional()
    .meta({ description: 'where the time since the run began went, pauses left out' }),
  stages: z.array(
    fields({
      name: z.string(),
      items: count,
      bytes: count,
      busyMs: z.number(),
      waitingMs: z.number(),
      blockedMs: z.number(),
      dropped: count,
    }),
  ),
});

const warning = event('warning', {
  code: z.string(),
  message: z.string(),
  path: z.string().optional(),
  offset: count.optional(),
  layer: z.string().optional(),
  stage: z.string().optional(),
});

const end = event('end', {
  status: z.enum(['completed', 'stopped', 'failed', 'diverged']),
  error: fields({ code: z.string(), message: z.string() }).optional(),
  steps: count,
  reason: z.string().optional().meta({ description: 'why a rule has stopped it: a phrase' }),
  trainLoss: measured.optional(),
  testLoss: measured.optional(),
  durationMs: z.number(),
});

/** Every event as it stands on the wire; parses into a `MillraceEvent`. */
export const eventSchema = z
  .discriminatedUnion('type', [
    run,
    loss,
    sample,
    weights,
    profile,
    epoch,
    evaluation,
    metric,
    image,
    histogram,
    text,
    configuration,
    checkpoint,
    command,
    stats,
    warning,
    end,
  ])
  .meta({
    title: 'Millrace event',
    description: 'One line of an NDJSON stream. Readers keep fields and types that they do not know.',
  });

export type {
  CheckpointEvent,
  CommandEvent,
  ConfigurationEvent,
  EndEvent,
  EpochEvent,
  EvaluationEvent,
  HistogramEvent,
  ImageEvent,
  LossEvent,
  MetricEvent,
  MillraceEvent,
  ProfileEvent,
  RunEvent,
  SampleEvent,
  StatsEvent,
  TextEvent,
  WarningEvent,
  WeightsEvent,
} from './event.js';
export type EventType = MillraceEvent['type'];

/** What every event has. */
export type CommonField = keyof typeof common;
type BodyOf<E> = E extends MillraceEvent ? Omit<E, CommonField> : never;

/** An event before it is stamped: its type and its own fields. */
export type EventBody = BodyOf<MillraceEvent>;

/** Where in the run an event stands. */
export interface EventPosition {
  readonly epoch: number;
  readonly step: number;
}
