import { type Command, InvalidArgumentError } from 'commander';
import type { ImageShape } from '../../data/batch.js';
import type { DecodingProgress } from '../../data/dataFormat.js';
import { decodedAmount } from '../../data/encodedImages/decodedAmount.js';
import { openData } from '../../data/node/openData.js';
import { DataError } from '../../errors.js';
import { printable } from '../../text/printable.js';
import { drawTile } from '../../tui/charts/images/tile.js';
import { type Capabilities, detectCapabilities } from '../../tui/theme/capabilities.js';
import { addImageFlags, type ImageFlags, imageOptionsOf } from '../imageFlags.js';
import type { CliStreams } from '../programContext.js';
import { writeText } from '../writeText.js';
import { createProgressLine } from './progressLine.js';
import { writePng } from './writePng.js';

interface ShowFlags extends ImageFlags {
  readonly index: number;
  readonly png?: string;
}

const EXAMPLES = `
Examples:
  $ millrace data show train-images-idx3-ubyte.gz --index 7
  $ millrace data show photos.idx --png first.png`;

/** Adds `show`: one image of a data set, in the terminal or as a PNG. */
export function registerDataShow(parent: Command, streams: CliStreams): void {
  addImageFlags(parent.command('show'))
    .description('show an image of a data set')
    .argument('<path>', 'a data set: an IDX file, a folder or a tar archive of images; 1 or 3 channels')
    .option('--index <number>', 'which image, counted from 0', wholeNumber, 0)
    .option('--png <file>', 'write a PNG instead of drawing in the terminal')
    .addHelpText('after', EXAMPLES)
    .action((path: string, flags: ShowFlags) => dataShow(path, flags, streams));
}

async function dataShow(path: string, flags: ShowFlags, streams: CliStreams): Promise<void> {
  const { index, png } = flags;
  const { pixels, shape, items } = await readImage(path, flags, streams);
  const [height, width] = shape;
  const caption = `${printable(path)}: image ${index} of ${items}, ${width}×${height}`;
  if (png !== undefined) {
    await writePng(png, pixels, shape);
    streams.stderr.write(`${caption}, written to ${printable(png)}\n`);
    return;
  }
  const columns = streams.stdout.columns ?? width;
  const rows = drawTile(pixels, shape, { ...capabilities(streams), space: { columns, rows: height } });
  streams.stderr.write(`${caption}\n`);
  await writeText(streams.stdout, rows.map((row) => `${row}\n`).join(''));
}

async function readImage(path: string, { index, ...flags }: ShowFlags, streams: CliStreams) {
  const progress = createProgressLine(streams);
  const onDecoded = (done: DecodingProgress): void => progress.show(`Decoding ${printable(decodedAmount(done))}`);
  const options = { ...imageOptionsOf(flags), offline: true, onDecoded };
  const { train } = await openData({ ...options, data: path }).finally(() => progress.clear());
  const { items, shape } = train;
  requireDrawable(path, shape);
  if (index >= items)
    throw new DataError({
      code: 'DATA_INDEX',
      path,
      expected: `an image of index ${index}`,
      actual: `${items} images, 0 to ${items - 1}`,
      advice: 'Give a smaller --index.',
    });
  return { pixels: await train.read(index, index + 1), shape, items };
}

/** 4096 × 4096: drawn or written, an image takes some thirty times its size in memory. */
const MOST_PIXELS = 2 ** 24;

function requireDrawable(path: string, [height, width, channels]: ImageShape): void {
  if (height * width > MOST_PIXELS)
    throw new DataError({
      code: 'DATA_TOO_LARGE',
      path,
      expected: `images of at most ${MOST_PIXELS} pixels`,
      actual: `${height}×${width}`,
      advice: 'Cut the image into smaller ones first.',
    });
  if (channels === 1 || channels === 3) return;
  throw new DataError({
    code: 'DATA_SHAPE',
    path,
    expected: 'images of 1 channel (grey) or 3 (red, green, blue)',
    actual: `${channels} channels`,
    advice: 'Only grey and colour images can be drawn.',
  });
}

/** Colour goes to a terminal, or wherever it is asked for. */
function capabilities({ stdout, environment }: CliStreams): Capabilities {
  const wanted = stdout.isTTY === true || environment.FORCE_COLOR !== undefined;
  return wanted ? detectCapabilities(environment) : { color: 0, glyphs: 'ascii' };
}

function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(Number(text)))
    throw new InvalidArgumentError('It must be a whole number, 0 or more.');
  return Number(text);
}
