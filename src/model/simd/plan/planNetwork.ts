// A network as programs of kernel calls, with all memory laid out ahead.
import type { Network } from '../../architecture.js';
import { shapeSize } from '../../layers/definition/layerShape.js';
import type { Penalty } from '../../layers/definition/penalty.js';
import { activationOf, type Layer, type LayerType } from '../../layers/layers.js';
import { logitsLayer } from '../../losses/logitsLayer.js';
import { type ChosenLoss, isMeanSquaredError } from '../../losses/lossOptions.js';
import type { FusedLayer, FusedLayerSteps, WithLogits } from './fusedLayer.js';
import { fuseLayers } from './fuseLayers.js';
import type { KernelCall } from './kernelCall.js';
import { imagesStep } from './layers/imageSteps.js';
import { evaluationSteps, lossBytes, lossSteps } from './layers/lossSteps.js';
import type { FeatureMap } from './memory/featureMap.js';
import type { MemoryLayout } from './memory/memoryLayout.js';
import type { ParameterPlace } from './memory/parameterLayout.js';
import { Workspace } from './memory/workspace.js';
import { likeOutput, planMaps } from './planMaps.js';
import { placeSkipGradients, skippedMap, skippedNames } from './skipConnections.js';
import { type Segment, trainingSteps } from './trainingSteps.js';

/** What a job can do; each a program for every thread. */
export type ProgramName = 'train' | 'evaluate' | 'encode' | 'decode' | 'reconstruct';

export interface NetworkPlan {
  readonly memory: MemoryLayout;
  /** Addresses of the threads' lists of operations. */
  readonly programs: Readonly<Record<ProgramName, number>>;
  readonly finishes: number;
  readonly packing: number;
  readonly tile: number;
  /** Parts of a batch with gradients of their own, which are summed in their order. */
  readonly shards: number;
  /** Images that a job takes at most. */
  readonly jobImages: number;
  /** Images that a batch has at most, where a layer needs the statistics of all of them: the job then takes the batch as a whole. */
  readonly batchImages?: number;
  /** How many images' feature maps lie between those of two threads in a shared set; 0 where each thread has its own. */
  readonly threadImages: number;
  readonly input: number;
  readonly target: number;
  readonly output: number;
  /** Where the shards' losses are summed, and from those of a shard to the next one's. */
  readonly losses: number;
  readonly lossBytes: number;
  /** What layers add to the loss, in the order of their sums, which come behind the losses. */
  readonly penalties: readonly Penalty[];
  readonly beats: number;
  readonly weights: number;
  /** Where what the optimizer remembers lies, slot by slot. */
  readonly slots: readonly number[];
  /** Where sums of the gradients' squares go, and which values among the parameters are some; 0 where no one asks for the sums. */
  readonly squares: number;
  readonly mask: number;
  readonly gradients: number;
  readonly gradientBytes: number;
  readonly parameterBytes: number;
  /** Of the parameters and the statistics behind them. */
  readonly weightBytes: number;
  readonly places: readonly ParameterPlace[];
  readonly statisticPlaces: readonly ParameterPlace[];
  /** The steps of the program that trains: for each image the way forward, then back. */
  readonly passes: readonly KernelCall[];
  /** Everything that happens in one update, in order. */
  readonly steps: readonly KernelCall[];
}

/** Layers after which as many values are zero as before. */
const MOVES_VALUES: ReadonlySet<LayerType> = new Set([
  'flatten',
  'reshape',
  'maxPooling2d',
  'zeroPadding2d',
  'cropping2d',
] as const);
/** Images of a tile where a dense layer reads its weights once for all of them. */
const DENSE_TILE = 16;
const FEWEST_SHARDS = 2;
const MOST_SHARDS = 10;
/** Parameters of all shards together: with a few more, they leave the second-level cache. */
const SHARD_VALUES = 2 ** 17;
/** Parts of the parameters whose gradients' squares are summed by themselves: `PARTS` of `assembly/optimizers/sumSquares.ts`. */
export const SQUARE_SUMS = 64;
/** Values of images that a job holds at most, beside at least one tile for each shard. */
const JOB_VALUES = 2 ** 20;
/** Where all images of a batch have feature maps at once: how many, and bytes of these. Memory that no batch needs is not touched. */
const MOST_BATCH_IMAGES = 1024;
const BATCH_BYTES = 2 ** 30;

export interface PlanOptions {
  /** How many will work on it; each has feature maps of its own. */
  readonly threads: number;
  /** How many values the optimizer remembers of each parameter. */
  readonly slots: number;
  readonly loss: ChosenLoss;
  /** Whether the norm of the gradients is asked for. @default false */
  readonly hasNorm?: boolean;
}

export function planNetwork(
  checked: Network,
  { threads, slots: slotCount, loss, hasNorm = false }: PlanOptions,
): NetworkPlan {
  const skipped = skippedNames(checked);
  const [encoder, decoder] = [fuseLayers(checked.encoder, skipped), fuseLayers(checked.decoder, skipped)];
  const fusedLayers = [...encoder, ...decoder];
  const tile = fusedLayers.some((fused) => fused.takesTiles) ? DENSE_TILE : 1;
  const batchImages = fusedLayers.some((fused) => fused.needsBatch) ? mostBatchImages(fusedLayers) : undefined;
  const workspace =
    batchImages === undefined
      ? new Workspace(tile, threads, lossBytes(loss))
      : new Workspace(tile, threads, lossBytes(loss), Math.max(batchImages + MOST_SHARDS * (tile - 1), threads * tile));
  const { memory } = workspace;
  const maps = planMaps(workspace, fusedLayers);
  const outputMap = maps[maps.length - 1]!;
  const targetMap = likeOutput(workspace, fusedLayers);
  const firstWeights = fusedLayers.findIndex(({ hasWeights }) => hasWeights);
  const steps = fusedLayers.map((fused, index) =>
    fused.plan(workspace, {
      from: maps[index]!,
      to: maps[index + 1]!,
      skipped: skippedMap(fused, fusedLayers, maps),
      isFirst: fusedLayers.slice(0, index).every(({ passesValues }) => passesValues),
      hasZeros: hasZeros(fusedLayers, index),
      hasInputGradient: index > firstWeights,
    }),
  );
  const planned = placeSkipGradients(fusedLayers, steps, firstWeights);

  const { input: inputShape } = checked.architecture;
  const largest = Math.max(shapeSize(inputShape), shapeSize(checked.latentShape));
  const shards = shardsOf(workspace);
  const jobImages = Math.max(shards * tile, Math.min(256, Math.floor(JOB_VALUES / largest)));
  const heldImages = Math.max(jobImages, batchImages ?? 0);
  const [input, target, output] = [0, 0, 0].map(() => memory.reserve(heldImages * largest * 4)) as [
    number,
    number,
    number,
  ];
  const losses = memory.reserve(shards * workspace.sumBytes);
  const beats = memory.reserve(threads * 64);
  const load = (map: FeatureMap, role: 'floats' | 'input' | 'target') =>
    imagesStep(workspace, 'loadImages', map, { images: role === 'target' ? target : input, inputs: input, role });
  const store = (map: FeatureMap) =>
    imagesStep(workspace, 'storeImages', map, { images: output, inputs: 0, role: 'floats' });

  const encode = [load(maps[0]!, 'input'), ...planned.slice(0, encoder.length).flatMap(({ forward }) => forward)];
  const decode = planned.slice(encoder.length).flatMap(({ forward }) => forward);
  const areLogits = logitsLayer(loss, [...checked.encoder, ...checked.decoder]) !== undefined;
  const compared = areLogits ? withLogits(planned) : planned;
  const comparedMaps = { output: outputMap, target: targetMap, areLogits };
  const evaluation = [load(targetMap, 'target'), ...evaluationSteps(workspace, loss, comparedMaps)];
  const train = trainingSteps(workspace, {
    fusedLayers: compared,
    lossSteps: () => lossSteps(workspace, loss, comparedMaps, () => likeOutput(workspace, fusedLayers)),
    isSquaredError: isMeanSquaredError(loss),
    loadInput: load(maps[0]!, 'input'),
    loadTarget: load(targetMap, 'target'),
    output: outputMap,
    target: targetMap,
  });
  const latentMap = maps[encoder.length]!;

  workspace.settle(shards);
  const parameterBytes = workspace.parameters.length * 4;
  const slots = Array.from({ length: slotCount }, () => memory.reserve(parameterBytes));
  const squares = hasNorm ? memory.reserve(SQUARE_SUMS * 8) : 0;
  const mask = hasNorm ? memory.constant(workspace.parameters.mask()) : 0;
  const list = (steps: readonly KernelCall[], thread: number) =>
    memory.constant([...steps.flatMap((step) => marked(step, thread)), 0]);
  const program = (segments: readonly Segment[]) =>
    memory.constant(
      Array.from({ length: threads }, (_, thread) =>
        memory.constant([
          ...segments.flatMap(({ preparations, passes }) => [list(preparations, thread), list(passes, thread)]),
          0,
        ]),
      ),
    );
  const preparations = [
    ...workspace.preparations,
    ...planned.flatMap(({ batch }) => (batch === undefined ? [] : [batch.runningStatistics])),
  ];
  const inference = (passes: readonly KernelCall[]) => program([{ preparations, passes }]);
  const passes = train.flatMap((segment) => segment.passes);
  return {
    memory,
    programs: {
      train: program(train),
      evaluate: inference([load(maps[0]!, 'input'), ...compared.flatMap(inEvaluation), ...evaluation]),
      encode: inference([...encode, store(latentMap)]),
      decode: inference([load(latentMap, 'floats'), ...decode, store(outputMap)]),
      reconstruct: inference([...encode, ...decode, store(outputMap)]),
    },
    finishes: list(workspace.finishes, 0),
    packing: list(workspace.packing, 0),
    tile,
    shards,
    jobImages,
    ...(batchImages === undefined ? {} : { batchImages }),
    threadImages: batchImages === undefined ? 0 : tile,
    input,
    target,
    output,
    losses,
    lossBytes: workspace.sumBytes,
    penalties: workspace.penalties,
    beats,
    weights: workspace.weights,
    slots,
    squares,
    mask,
    gradients: workspace.gradients,
    gradientBytes: workspace.gradientBytes,
    parameterBytes,
    weightBytes: workspace.parameters.lengthWithStatistics * 4,
    places: workspace.parameters.places,
    statisticPlaces: workspace.parameters.statisticPlaces,
    passes,
    steps: [
      ...train.flatMap((segment) => [...segment.preparations, ...segment.passes]),
      ...[...workspace.finishes, ...workspace.packing],
    ],
  };
}

/** Whether many values of a feature map are zero: images are often black, relu leaves half of them, dropout makes some. */
function hasZeros(fusedLayers: readonly FusedLayer[], index: number): boolean {
  if (index === 0) return true;
  const { layers } = fusedLayers[index - 1]!;
  return (
    layers.toReversed().reduce<boolean | undefined>((known, { layer }) => known ?? makesZeros(layer), undefined) ??
    hasZeros(fusedLayers, index - 1)
  );
}

/** @returns `undefined` where it leaves them as they are */
function makesZeros(layer: Layer): boolean | undefined {
  if (layer.type === 'dropout') return true;
  if (MOVES_VALUES.has(layer.type)) return undefined;
  return activationOf(layer) === 'relu';
}

function inEvaluation({ forward, penalty = [] }: FusedLayerSteps): readonly KernelCall[] {
  return [...forward, ...penalty];
}

/** The layers as they go before a loss that takes the last sigmoid upon itself. */
function withLogits(planned: readonly WithLogits[]): readonly FusedLayerSteps[] {
  const last = planned.findLastIndex(({ logits }) => logits !== undefined);
  return planned.map((steps, at) => (at === last ? steps.logits!() : steps));
}

/** As many as their feature maps have room. */
function mostBatchImages(fusedLayers: readonly FusedLayer[]): number {
  const trial = new Workspace(1, 1, 0);
  planMaps(trial, fusedLayers);
  likeOutput(trial, fusedLayers);
  return Math.max(1, Math.min(MOST_BATCH_IMAGES, Math.floor(BATCH_BYTES / trial.memory.bytes)));
}

/** An operation's address; 1 and 2 around those that take a whole tile. */
function marked({ write, isWhole }: KernelCall, thread: number): readonly number[] {
  return isWhole ? [1, write(thread), 2] : [write(thread)];
}

/**
 * Many, so that threads which are not equally fast, as on a busy machine, end at the same time; few where gradients are large
 * and clearing and summing them would take longer than that gains.
 */
function shardsOf({ parameters }: Workspace): number {
  return Math.max(FEWEST_SHARDS, Math.min(MOST_SHARDS, Math.floor(SHARD_VALUES / parameters.length)));
}
