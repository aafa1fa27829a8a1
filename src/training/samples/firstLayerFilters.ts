import type { EventBody } from '../../events/schema.js';
import type { Network } from '../../model/architecture.js';
import type { PartialEngine } from '../../model/engine.js';
import { quantize, signedRangeOf } from './quantize.js';

type WeightsBody = Extract<EventBody, { type: 'weights' }>;

/** What an event holds at most. */
const MOST_FILTERS = 64;
const MOST_VALUES = 4096;

/**
 * The filters of the first layer that has weights, as they are now: all of them, or as many of the first as make no more
 * than 64 filters and 4,096 values. Nothing where that layer is dense, a single filter has more values than that, or
 * the engine does not tell its weights.
 */
export function firstLayerFilters(engine: PartialEngine): WeightsBody | undefined {
  const first = firstFilterLayer(engine.network);
  if (first === undefined || engine.weights === undefined) return undefined;
  const { name, weight, shape, strides } = first;
  const [filters, height, width, channels] = shape;
  // Only these: copying all takes a third of a second where there are four million.
  const { data } = engine.weights([weight]).get(weight)!;
  const values = new Float32Array(filters * height * width * channels);
  let at = 0;
  for (let filter = 0; filter < filters; filter++)
    for (let pixel = 0; pixel < height * width; pixel++)
      for (let channel = 0; channel < channels; channel++)
        values[at++] = data[filter * strides.filter + channel * strides.channel + pixel]!;
  return { type: 'weights', layer: name, shape: [...shape], filters: quantize(values, signedRangeOf(values)) };
}

/** Of which layer, how many filters, and how far apart they and their channels lie: rows and columns come last in both orders. */
function firstFilterLayer({ encoder, decoder }: Network) {
  // A normalization before it has weights, but no filters.
  const first = [...encoder, ...decoder].find(
    ({ layer, weights }) => weights.length > 0 && layer.type !== 'batchNormalization',
  );
  if (first?.layer.type !== 'conv2d' && first?.layer.type !== 'conv2dTranspose') return undefined;
  const { name: weight, shape } = first.weights[0]!;
  const [outer, inner, height, width] = shape as readonly [number, number, number, number];
  const isTransposed = first.layer.type === 'conv2dTranspose';
  const [all, channels] = isTransposed ? [inner, outer] : [outer, inner];
  const size = height * width;
  const filters = Math.min(all, MOST_FILTERS, Math.floor(MOST_VALUES / (size * channels)));
  if (filters === 0) return undefined;
  const [innerStep, outerStep] = [size, inner * size];
  return {
    name: first.name,
    weight,
    shape: [filters, height, width, channels] as const,
    strides: isTransposed ? { filter: innerStep, channel: outerStep } : { filter: outerStep, channel: innerStep },
  };
}
