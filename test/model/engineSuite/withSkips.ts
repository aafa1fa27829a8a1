// Skip connections put between the layers of a network, for property tests.
import fc from 'fast-check';
import type { Architecture, NetworkLayer } from '../../../src/model/architecture.js';
import { checkArchitecture } from '../../../src/model/checkArchitecture.js';
import type { Layer } from '../../../src/model/layers/layers.js';

/** After which layer it stands, from which it reads, and how it joins them: numbers of any size. */
export interface DrawnSkip {
  readonly place: number;
  readonly source: number;
  readonly type: 'add' | 'concatenate';
}

/** None in half of the networks. */
export const drawnSkips: fc.Arbitrary<readonly DrawnSkip[]> = fc.oneof(
  fc.constant([]),
  fc.array(
    fc.record({
      place: fc.nat(100),
      source: fc.nat(100),
      type: fc.constantFrom('add' as const, 'concatenate' as const),
    }),
    { minLength: 1, maxLength: 3 },
  ),
);

/** The network with those skip connections that fit. @throws ArchitectureError where the network itself does not */
export function withSkips(architecture: Architecture, skips: readonly DrawnSkip[]): Architecture {
  return skips.reduce((before, skip) => {
    const after = withSkip(before, skip);
    return isSound(after) ? after : before;
  }, architecture);
}

function withSkip(architecture: Architecture, { place, source, type }: DrawnSkip): Architecture {
  const { encoder, decoder } = checkArchitecture(architecture);
  const layers = [...encoder, ...decoder];
  const last = place % layers.length;
  const sources = layers.slice(0, last + 1).filter((each) => fits(each, layers[last]!, type));
  const layer: Layer = { type, from: sources[source % sources.length]!.name };
  const list = last < encoder.length ? 'encoder' : 'decoder';
  const at = last + 1 - (list === 'encoder' ? 0 : encoder.length);
  const moved = {
    ...architecture,
    encoder: renamed(architecture.encoder, list, at),
    decoder: renamed(architecture.decoder, list, at),
  };
  return { ...moved, [list]: moved[list].toSpliced(at, 0, layer) };
}

function fits(source: NetworkLayer, input: NetworkLayer, type: DrawnSkip['type']): boolean {
  const sides = type === 'add' ? undefined : -1;
  return (
    source.outputShape.slice(0, sides).join() === input.outputShape.slice(0, sides).join() &&
    source.outputShape.length === input.outputShape.length
  );
}

/** Layers from a place in a list on get the name of the next one. */
function renamed(layers: readonly Layer[], list: string, begin: number): readonly Layer[] {
  return layers.map((layer) => {
    if (!('from' in layer)) return layer;
    const [its, at] = layer.from.split('.') as [string, string];
    return its === list && Number(at) >= begin ? { ...layer, from: `${list}.${Number(at) + 1}` } : layer;
  });
}

function isSound(architecture: Architecture): boolean {
  try {
    return checkArchitecture(architecture) !== undefined;
  } catch {
    return false;
  }
}
