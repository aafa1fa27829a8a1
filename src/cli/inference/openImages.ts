import type { Batch, ImageShape } from '../../data/batch.js';
import type { DecodingProgress, OpenOptions } from '../../data/dataFormat.js';
import type { DataNotice } from '../../data/dataNotice.js';
import type { Dataset } from '../../data/dataset.js';
import { decodedAmount } from '../../data/encodedImages/decodedAmount.js';
import { unmistakable } from '../../data/foreignBytes.js';
import { parseIdxHeader } from '../../data/idx/header.js';
import type { ImageStream } from '../../data/imageStream.js';
import { openStreamInput } from '../../data/node/files/openInput.js';
import { openData, openStream } from '../../data/node/openData.js';
import { LOOKED_AT } from '../../data/raw/isRawFrames.js';
import type { Source } from '../../data/source.js';
import { OptionError } from '../../errors.js';
import type { Model } from '../../inference/model.js';
import { noticeWhileWaiting } from '../../run/data/noticeWhileWaiting.js';
import { printable } from '../../text/printable.js';
import { arrayOptionsOf } from '../arrayFlags.js';
import { imageOptionsOf } from '../imageFlags.js';
import { amountOf, type InferenceFlags } from './inferenceFlags.js';
import type { Work } from './work.js';

/** Images that a model is to work on. */
export interface OpenedImages {
  readonly shape: ImageShape;
  /** How many will come, where that is known. */
  readonly items?: number;
  /** One epoch of them. */
  readonly source: Source<Batch>;
}

/**
 * Opens what `--data` of `train` would, or stdin, and makes sure that the model takes such images. Frames without a header, on stdin, have the
 * model's own shape where none is given.
 * @throws DataError and OptionError as `openData`; ModelError `MODEL_INPUT` with both shapes
 */
export async function openImages(path: string, flags: InferenceFlags, model: Model, work: Work): Promise<OpenedImages> {
  const { size, limit } = amountOf(flags);
  if (path === '-') {
    const { context, signal } = work;
    if (flags.part !== undefined) throw new OptionError('part', flags.part, 'nothing with stdin', 'Leave it out.');
    const waiting = openFrames(context.stdin, openOptionsOf(flags, work), model, signal);
    const stream = await noticeWhileWaiting(waiting, () => context.stderr.write('Waiting for images on stdin …\n'));
    model.requireShape(stream.shape, 'stdin');
    const items = stream.items === undefined ? undefined : Math.min(stream.items, limit ?? Infinity);
    const source = stream.batches({ size, ...(limit !== undefined && { limit }) });
    return { shape: stream.shape, source, ...(items !== undefined && { items }) };
  }
  const images = await openDataset(path, flags, model, work);
  const taken = limit !== undefined && limit < images.items ? images.take(limit) : images;
  return { shape: taken.shape, items: taken.items, source: taken.batches({ size }) };
}

/** The same of what can be read at any place. */
export async function openDataset(path: string, flags: InferenceFlags, model: Model, work: Work): Promise<Dataset> {
  const { offline = false, part = 'train' } = flags;
  const opening = openData({ ...openOptionsOf(flags, work), data: path, offline });
  const { notice, ...sets } = await opening.finally(() => work.line.clear());
  if (notice !== undefined) work.context.stderr.write(`${printable(notice.message)}\n`);
  const images = sets[part];
  if (images === undefined) throw new OptionError('part', part, 'train: there are no test images');
  model.requireShape(images.shape, printable(path));
  return images;
}

/** What opening takes of the flags, and how it tells what it does. */
export function openOptionsOf(flags: InferenceFlags, { context, signal, line }: Work): OpenOptions {
  return {
    ...arrayOptionsOf(flags),
    ...imageOptionsOf(flags),
    signal,
    onDecoded: (done: DecodingProgress) => line.show(`Decoding ${printable(decodedAmount(done))}`),
    onNotice: ({ message }: DataNotice) => {
      line.clear();
      context.stderr.write(`${printable(message)}\n`);
    },
  };
}

/** What begins as a format with a header does is read as that; anything else has the model's shape, where none is given. */
async function openFrames(
  stdin: AsyncIterable<Uint8Array>,
  options: OpenOptions,
  model: Model,
  signal: AbortSignal,
): Promise<ImageStream> {
  const input = await openStreamInput(stdin, 'stdin', signal);
  const start = await input.start(LOOKED_AT);
  const isFrames = unmistakable(start) === undefined && !isIdx(start);
  return openStream(input.bytes(), { ...(isFrames && { shape: model.inputShape }), ...options });
}

function isIdx(start: Uint8Array): boolean {
  try {
    parseIdxHeader(start, 'stdin');
    return true;
  } catch {
    return false;
  }
}
