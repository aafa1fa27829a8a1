// Layers that read an earlier layer's output beside their own input: a skip connection.
import * as z from 'zod';
import { ArchitectureError } from '../../../errors.js';
import { quote } from '../../../text/quote.js';
import type { LayerPlace, LayerShape } from './layerShape.js';

/** The layer whose output is read, by its name: `encoder.0` is the encoder's first. */
export const from = z.string('the name of an earlier layer, such as encoder.0');

/**
 * The shape of what is read.
 * @throws ArchitectureError `ARCHITECTURE_VALUE` where no earlier layer has that name
 */
export function skippedShape(
  layer: { readonly type: string; readonly from: string },
  { path, name, earlier = new Map() }: LayerPlace,
): LayerShape {
  const shape = earlier.get(layer.from);
  if (shape !== undefined) return shape;
  throw new ArchitectureError({
    code: 'ARCHITECTURE_VALUE',
    layer: name,
    problem: `${name} (${layer.type}): from`,
    expected: 'the name of an earlier layer',
    actual: quote(layer.from),
    advice:
      earlier.size === 0
        ? 'No layer comes before this one.'
        : `Layers are called by list and place; before this one come ${named([...earlier.keys()])}.`,
    ...(path === undefined ? {} : { path }),
  });
}

/** `encoder.0 to encoder.4 and decoder.0`. */
function named(names: readonly string[]): string {
  const lists = ['encoder', 'decoder'].map((list) => names.filter((name) => name.startsWith(list)));
  const ends = lists.filter((list) => list.length > 0).map((list) => new Set([list[0], list[list.length - 1]]));
  return ends.map((pair) => [...pair].join(' to ')).join(' and ');
}
