import { type LayerShape, shapeSize } from '../../../model/layers/definition/layerShape.js';
import { foreignLatents, type OpenedLatents } from './openedLatents.js';
import { inPieces } from './tensorLatents.js';

/** Latents as float32, little-endian, one image after the other and without a header, e.g. on stdin. */
export function rawLatents(bytes: AsyncIterable<Uint8Array>, path: string, latentShape: LayerShape): OpenedLatents {
  const rowBytes = 4 * shapeSize(latentShape);
  return {
    path,
    async *batches(size) {
      let items = 0;
      for await (const piece of inPieces(bytes, size * rowBytes)) {
        const length = Math.floor(piece.length / rowBytes);
        const rest = piece.length - length * rowBytes;
        const latents = new Float32Array(Uint8Array.from(piece.subarray(0, length * rowBytes)).buffer);
        items += length;
        if (length > 0) yield { length, latentShape, latents };
        if (rest > 0)
          throw foreignLatents(path, latentShape, `${items} whole rows of ${rowBytes} bytes, and ${rest} bytes`);
      }
    },
  };
}
