// One image that a person names: PATH:INDEX of a data set, or a file that is an image.
import type { Dataset } from '../../../data/dataset.js';
import { isImageFile, readImageFile } from '../../../data/encodedImages/node/readImageFile.js';
import { DataError } from '../../../errors.js';
import type { Model } from '../../../inference/model.js';
import { printable } from '../../../text/printable.js';
import type { InferenceFlags } from '../inferenceFlags.js';
import { openDataset, openOptionsOf } from '../openImages.js';
import type { Work } from '../work.js';

/** What `PATH:INDEX` says. */
interface Place {
  readonly path: string;
  readonly index: number;
}

function placeOf(name: string): Place | undefined {
  const [, path, index] = /^(.+):(\d{1,15})$/s.exec(name) ?? [];
  return path === undefined || path === '-' ? undefined : { path, index: Number(index) };
}

/**
 * Reads images that are named, in the shape that the model takes. A data set is opened once.
 * @throws DataError where there is none; ModelError `MODEL_INPUT` for one of another shape
 */
export function imageOpener(flags: InferenceFlags, model: Model, work: Work): (name: string) => Promise<Uint8Array> {
  const opened = new Map<string, Promise<Dataset>>();
  const openOnce = (path: string): Promise<Dataset> => {
    const dataset = opened.get(path) ?? openDataset(path, flags, model, work);
    opened.set(path, dataset);
    return dataset;
  };
  return async (name) => {
    if (await isImageFile(name)) {
      const { pixels, shape } = await readImageFile(name, openOptionsOf(flags, work));
      model.requireShape(shape, printable(name));
      return pixels;
    }
    const place = placeOf(name);
    if (place === undefined) throw noImage(name);
    return readPlace(await openOnce(place.path), place);
  };
}

function readPlace(images: Dataset, { path, index }: Place): Promise<Uint8Array> {
  if (index < images.items) return images.read(index, index + 1);
  throw new DataError({
    code: 'DATA_INDEX',
    path,
    expected: `an image of index ${index}`,
    actual: `${images.items} images, 0 to ${images.items - 1}`,
    advice: 'Give a smaller number behind the colon.',
  });
}

function noImage(path: string): DataError {
  return new DataError({
    code: 'DATA_NOT_FOUND',
    path,
    expected: 'an image: a PNG or another image file, or PATH:INDEX of a data set, such as mnist:7',
    actual: 'neither',
    advice: 'Check the name; images of a data set are counted from 0.',
  });
}
