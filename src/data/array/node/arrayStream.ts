import type { FileInput } from '../../dataFormat.js';
import type { ImageStream } from '../../imageStream.js';
import { imageStream } from '../../node/stream/imageStream.js';
import { mapItems } from '../../node/stream/mapItems.js';
import { type Arrangement, channelsLast } from '../imageLayout.js';
import type { ArraySource } from './openArray.js';

/** The images of an array of bytes, as they arrive. */
export function arrayStream(file: FileInput, source: ArraySource, { shape, layout }: Arrangement): ImageStream {
  const { path, header } = source;
  const payload = source.payload();
  return imageStream({
    path,
    shape,
    items: header.itemCount,
    payload: layout === 'chw' ? mapItems(payload, header.itemBytes, (item) => channelsLast(item, shape)) : payload,
    close: () => file.close(),
  });
}
