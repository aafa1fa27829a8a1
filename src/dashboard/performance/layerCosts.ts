// The layers of a network, and what each costs.
import type { ProfileEvent, RunEvent } from '../../events/schema.js';

export interface LayerCost {
  /** For an image, on one thread. */
  readonly forwardMicroseconds: number;
  readonly backwardMicroseconds: number;
}

export interface Layer {
  readonly name: string;
  readonly type: string;
  /** The earlier layer that a skip connection reads, too. */
  readonly from?: string | undefined;
  /** Nothing where the events do not say. */
  readonly output: readonly number[] | undefined;
  readonly parameters: number | undefined;
  /** Of the layers that are computed together, in the first one of them. */
  readonly cost: LayerCost | undefined;
  /** The first of the layers that this one is computed together with. */
  readonly within: string | undefined;
}

export function layersOf({ layers, architecture }: RunEvent, profile: ProfileEvent | undefined): Layer[] {
  const groups = (profile?.layers ?? []).map((group) => ({ ...group, names: group.layers.split(' + ') }));
  const known = layers ?? (architecture === undefined ? [] : namedLayers(architecture));
  return known.map((layer) => {
    const group = groups.find(({ names }) => names.includes(layer.name));
    const first = group?.names[0];
    return {
      ...layer,
      cost: first === layer.name ? group : undefined,
      within: first === layer.name ? undefined : first,
    };
  });
}

type Network = NonNullable<RunEvent['architecture']>;

/** Older runs say nothing of shapes and parameters. */
function namedLayers({ encoder, decoder }: Network) {
  const named = (part: string, list: Network['encoder']) =>
    list.map(({ type }, index) => ({ name: `${part}.${index}`, type, output: undefined, parameters: undefined }));
  return [...named('encoder', encoder), ...named('decoder', decoder)];
}
