import type { Architecture } from './architecture.js';
import type { LayerShape } from './layers/definition/layerShape.js';
import { outputShape } from './layers/layers.js';

/** What comes out of a network; `undefined` where one of its layers cannot take what comes to it. */
export function outputOf({ input, encoder, decoder }: Omit<Architecture, 'name'>): LayerShape | undefined {
  try {
    const earlier = new Map<string, LayerShape>();
    const through = (shape: LayerShape, list: 'encoder' | 'decoder', layers: Architecture['encoder']) =>
      layers.reduce((from, layer, index) => {
        const name = `${list}.${index}`;
        const to = outputShape(layer, from, { name, earlier });
        earlier.set(name, to);
        return to;
      }, shape);
    return through(through(input, 'encoder', encoder), 'decoder', decoder);
  } catch {
    return undefined;
  }
}
