import type { KerasLayerReader } from '../kerasLayerReader.js';

export const flatten: KerasLayerReader = () => ({ layer: { type: 'flatten' } });
