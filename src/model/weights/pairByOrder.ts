// Weights under other names: which tensor of a file is which of the network's, told by shapes and order.
import type { Network, NetworkLayer } from '../architecture.js';
import { convertTensor } from '../keras/kerasTensors.js';
import type { WeightSpec } from '../layers/definition/layerDefinition.js';
import { flatOrders, type LayerOrders } from './flatOrders.js';
import { naturalOrder } from './naturalOrder.js';
import type { StoredTensor } from './storedTensors.js';

/** Where a weight comes from. */
export interface WeightSource {
  /** The tensor's name in the file. */
  readonly stored: string;
  /** Its values in our layout. @default as they are */
  readonly convert?: (values: Float32Array) => Float32Array;
}

/** A weight's part in its layer, by what PyTorch and Keras call it. */
const TORCH_ROLES = ['weight', 'bias', 'running_mean', 'running_var'];
const KERAS_ROLES: Readonly<Record<string, string>> = {
  kernel: 'weight',
  gamma: 'weight',
  beta: 'bias',
  moving_mean: 'running_mean',
  moving_variance: 'running_var',
};

/**
 * The tensor for each weight of a network, where layers of the same shapes stand in the same order: of all layers with the same tensors
 * the first of the file, by name, is the first of the network. What Keras calls `kernel` has Keras's layout.
 * @returns by the names of the weights; `undefined` where shapes differ, or there are more or fewer
 */
export function pairByOrder(
  network: Network,
  tensors: ReadonlyMap<string, StoredTensor>,
): ReadonlyMap<string, WeightSource> | undefined {
  const present = [...tensors].filter(([name]) => !name.endsWith('.num_batches_tracked'));
  const own = [...network.encoder, ...network.decoder].filter(({ weights }) => weights.length > 0);
  const count = own.reduce((sum, { weights }) => sum + weights.length, 0);
  if (present.length !== count || present.some(([, { dtype }]) => dtype !== 'F32')) return undefined;
  const found = foreignLayers(present);
  return found === undefined ? pairTensors(own, present) : pairLayers(network, own, found);
}

/** A tensor in its layer. */
interface Part extends StoredTensor {
  /** What the file calls it in its layer. */
  readonly last: string;
}

/** Tensors of a layer by their part in it. */
type Parts = ReadonlyMap<string, Part>;

/** In their order; `undefined` where names do not tell what is what. */
function foreignLayers(tensors: readonly (readonly [string, StoredTensor])[]): readonly Parts[] | undefined {
  const layers = new Map<string, Map<string, Part>>();
  for (const [name, tensor] of tensors) {
    const [, layer = '', last = ''] = /^(?:(.*)[./])?([^./]+?)(?::0)?$/.exec(name) ?? [];
    const role = TORCH_ROLES.includes(last) ? last : KERAS_ROLES[last];
    const parts = layers.get(layer) ?? new Map<string, Part>();
    if (role === undefined || parts.has(role)) return undefined;
    layers.set(layer, parts.set(role, { ...tensor, last }));
  }
  return [...layers].sort(([one], [other]) => naturalOrder(one, other)).map(([, parts]) => parts);
}

function pairLayers(
  network: Network,
  own: readonly NetworkLayer[],
  found: readonly Parts[],
): ReadonlyMap<string, WeightSource> | undefined {
  const waiting = new Map<string, Parts[]>();
  for (const parts of found) {
    const signature = signatureOf([...parts].map(([role, part]) => [role, ourShape(part)]));
    waiting.set(signature, [...(waiting.get(signature) ?? []), parts]);
  }
  const orders = flatOrders(network);
  const pairs = new Map<string, WeightSource>();
  for (const layer of own) {
    const parts = waiting.get(signatureOf(layer.weights.map((spec) => [roleOf(spec), spec.shape])))?.shift();
    if (parts === undefined) return undefined;
    const isKeras = [...parts.values()].some(({ last }) => last in KERAS_ROLES);
    for (const spec of layer.weights) {
      const part = parts.get(roleOf(spec))!;
      pairs.set(spec.name, isKeras ? fromKeras(part, orders.get(layer.name)!) : { stored: part.stored });
    }
  }
  return [...waiting.values()].every(({ length }) => length === 0) ? pairs : undefined;
}

function roleOf({ name }: WeightSpec): string {
  return name.slice(name.lastIndexOf('.') + 1);
}

function signatureOf(shapes: readonly (readonly [role: string, shape: readonly number[]])[]): string {
  return shapes
    .map(([role, shape]) => `${role} ${shape.join('×')}`)
    .sort()
    .join();
}

function ourShape({ last, shape }: Part): readonly number[] {
  return last === 'kernel' ? ourAxes(shape.length).map((axis) => shape[axis]!) : shape;
}

/** Which of a kernel's axes become ours: Keras has `[kh, kw, in, out]`, of transposed convolutions `[kh, kw, out, in]`. */
function ourAxes(rank: number): readonly number[] {
  return rank === 4 ? [3, 2, 0, 1] : Array.from({ length: rank }, (_, axis) => rank - 1 - axis);
}

function fromKeras({ stored, last, shape }: Part, { input, output }: LayerOrders): WeightSource {
  const isKernel = last === 'kernel';
  const tensor = {
    ...{ name: stored, kerasName: last, shape },
    ...(isKernel && { axes: ourAxes(shape.length) }),
    ...(isKernel && shape.length === 2 && { inputAxis: 0, outputAxis: 1 }),
    ...(shape.length === 1 && { outputAxis: 0 }),
  };
  const source = { layerName: stored, tensor, inputOrder: input, outputOrder: output };
  return { stored, convert: (values) => convertTensor(source, values) };
}

/** Where names tell nothing: of all tensors of a shape the first is the first. Parts of one shape in one layer could be any. */
function pairTensors(
  own: readonly NetworkLayer[],
  tensors: readonly (readonly [string, StoredTensor])[],
): ReadonlyMap<string, WeightSource> | undefined {
  const specs = own.flatMap(({ weights }) => weights);
  if (specs.some(({ isStatistic }) => isStatistic)) return undefined;
  const waiting = [...tensors].sort(([one], [other]) => naturalOrder(one, other));
  const pairs = new Map<string, WeightSource>();
  for (const { name, shape } of specs) {
    const at = waiting.findIndex(([, tensor]) => tensor.shape.join() === shape.join());
    const [found] = at < 0 ? [] : waiting.splice(at, 1);
    if (found === undefined) return undefined;
    pairs.set(name, { stored: found[1].stored });
  }
  return pairs;
}
