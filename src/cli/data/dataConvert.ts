import { type Command, InvalidArgumentError, Option } from 'commander';
import type { DecodingProgress, OpenOptions } from '../../data/dataFormat.js';
import type { DataNotice } from '../../data/dataNotice.js';
import type { DatasetPair } from '../../data/dataset.js';
import { decodedAmount } from '../../data/encodedImages/decodedAmount.js';
import { openData } from '../../data/node/openData.js';
import { saveDataset } from '../../data/node/save/saveDataset.js';
import { saveTarget } from '../../data/node/save/saveTarget.js';
import { OptionError } from '../../errors.js';
import { printable } from '../../text/printable.js';
import { type ArrayFlags, addArrayFlags, arrayOptionsOf } from '../arrayFlags.js';
import { SIGNAL_EXIT } from '../exitCodes.js';
import { addImageFlags, type ImageFlags, imageOptionsOf } from '../imageFlags.js';
import type { CliStreams } from '../programContext.js';
import { onSignals } from '../signals.js';
import { writeText } from '../writeText.js';
import { createProgressLine } from './progressLine.js';

interface ConvertFlags extends ArrayFlags, ImageFlags {
  readonly part?: 'train' | 'test';
}

const EXAMPLES = `
Examples:
  $ millrace data convert photos.npy photos.idx             floats and whole numbers of any size become bytes
  $ millrace data convert flat.npy images.npy --shape 28x28
  $ millrace data convert mnist.npz mnist/                  PNGs: mnist/train/5/00000.png …
  $ millrace data convert mnist mnist-test.npy --part test

Labels are written beside the images: photos-labels.idx, train-labels-idx1-ubyte, photos-labels.npy; in a folder
they are the names of its folders. Prints what was written.`;

/** Adds `convert`: the images of any format as IDX, as .npy or as a folder of PNGs. @param done takes the exit code */
export function registerDataConvert(parent: Command, streams: CliStreams, done: (exitCode: number) => void): void {
  addImageFlags(addArrayFlags(parent.command('convert')))
    .description('write the images of a data set as IDX, as .npy, or as a folder of PNGs')
    .argument('<in>', 'mnist, or a data set in any format that can be read')
    .argument('<out>', 'a name that ends in .idx, -idx3-ubyte or .npy, or a new folder with / behind it', target)
    .addOption(
      new Option('--part <name>', 'which images (default: train; a folder gets both)').choices(['train', 'test']),
    )
    .addHelpText('after', EXAMPLES)
    .action(async (from: string, to: string, { part, ...flags }: ConvertFlags) => {
      const controller = new AbortController();
      const releaseSignals = onSignals(
        () => controller.abort(),
        (exitCode) => process.exit(exitCode),
      );
      try {
        await convert(
          from,
          to,
          part,
          { ...arrayOptionsOf(flags), ...imageOptionsOf(flags) },
          streams,
          controller.signal,
        );
      } catch (error) {
        if (!controller.signal.aborted) throw error;
        streams.stderr.write('Stopped. Nothing was written.\n');
        done(SIGNAL_EXIT.SIGINT);
      } finally {
        releaseSignals();
      }
    });
}

/** Told before anything is opened. */
function target(text: string): string {
  try {
    saveTarget(text);
    return text;
  } catch (error) {
    if (!(error instanceof OptionError)) throw error;
    throw new InvalidArgumentError(`It must be ${error.expected}.`);
  }
}

async function convert(
  from: string,
  to: string,
  part: ConvertFlags['part'],
  options: OpenOptions,
  streams: CliStreams,
  signal: AbortSignal,
): Promise<void> {
  const line = createProgressLine(streams);
  const onDecoded = (done: DecodingProgress): void => line.show(`Decoding ${printable(decodedAmount(done))}`);
  const onNotice = ({ message }: DataNotice): void => {
    line.clear();
    streams.stderr.write(`${printable(message)}\n`);
  };
  const reading = { ...options, anyNumbers: true, signal, onDecoded, onNotice };
  const opened = await openData({ ...reading, data: from, offline: true }).finally(() => line.clear());
  if (opened.notice !== undefined) streams.stderr.write(`${opened.notice.message}\n`);
  const images = partOf(opened, part);
  const onProgress = (done: number, items: number): void =>
    line.show(`${printable(to)}: ${done} of ${items} images, ${Math.floor((100 * done) / items)} %`);
  const written = await saveDataset(images, to, { signal, onProgress }).finally(() => line.clear());
  const isFile = saveTarget(to).format !== 'folder';
  if (isFile && part === undefined && opened.test !== undefined)
    streams.stderr.write(`The ${opened.test.items} test images are left out: --part test writes them.\n`);
  const { items, shape } = images.train;
  streams.stderr.write(`${items} images of ${shape.join('×')}, written to\n`);
  await writeText(streams.stdout, written.map((path) => `${printable(path)}\n`).join(''));
}

function partOf({ train, test }: DatasetPair, part: ConvertFlags['part']): DatasetPair {
  if (part === undefined) return { train, ...(test && { test }) };
  if (part === 'train') return { train };
  if (test === undefined) throw new OptionError('part', part, 'train: there are no test images');
  return { train: test };
}
