import { type Command, InvalidArgumentError } from 'commander';
import { type ImageShape, imageSize } from '../../data/batch.js';
import { requireChannelsLast } from '../../data/channelsFirst.js';
import type { DecodingProgress } from '../../data/dataFormat.js';
import type { Dataset } from '../../data/dataset.js';
import { decodedAmount } from '../../data/encodedImages/decodedAmount.js';
import { openData } from '../../data/node/openData.js';
import { writePng } from '../../data/node/save/writePng.js';
import { DataError } from '../../errors.js';
import { printable } from '../../text/printable.js';
import { drawTile } from '../../tui/charts/images/tile.js';
import { drawGallery, layOutGallery } from '../../tui/charts/images/tileGrid.js';
import { type Capabilities, detectCapabilities } from '../../tui/theme/capabilities.js';
import { type ArrayFlags, addArrayFlags, arrayOptionsOf } from '../arrayFlags.js';
import { addImageFlags, type ImageFlags, imageOptionsOf } from '../imageFlags.js';
import type { CliStreams } from '../programContext.js';
import { writeText } from '../writeText.js';
import { createProgressLine } from './progressLine.js';
import { sheetOf } from './sheet.js';

interface ShowFlags extends ArrayFlags, ImageFlags {
  readonly index?: number;
  readonly count?: number;
  readonly png?: string;
}

const EXAMPLES = `
Examples:
  $ millrace data show mnist.npz                           as many of the first images as fit
  $ millrace data show train-images-idx3-ubyte.gz --index 7
  $ millrace data show photos.idx --png sheet.png          the first 100 in one picture`;

/** Adds `show`: images of a data set, in the terminal or as a PNG. */
export function registerDataShow(parent: Command, streams: CliStreams): void {
  addImageFlags(addArrayFlags(parent.command('show')))
    .description('show images of a data set')
    .argument('<path>', 'a data set of any format: 1 or 3 channels')
    .option('--index <number>', 'which image, counted from 0; with --count the first of them (default: 0)', wholeNumber)
    .option('--count <number>', 'how many (default: as fit on the terminal, 100 in a PNG; 1 with --index)', atLeastOne)
    .option('--png <file>', 'write a PNG instead of drawing in the terminal')
    .addHelpText('after', EXAMPLES)
    .action((path: string, flags: ShowFlags) => dataShow(path, flags, streams));
}

async function dataShow(path: string, flags: ShowFlags, streams: CliStreams): Promise<void> {
  const train = await openImages(path, flags, streams);
  requireDrawable(path, train.shape);
  const { index = 0, png } = flags;
  requireImage(path, index, train.items);
  const wanted = Math.min(flags.count ?? (flags.index === undefined ? Infinity : 1), train.items - index);
  if (png === undefined) await draw(path, train, flags, wanted, streams);
  else await writeSheet(path, train, index, Math.min(wanted, flags.count ?? SHEET_IMAGES), png, streams);
}

async function openImages(path: string, flags: ShowFlags, streams: CliStreams): Promise<Dataset> {
  const progress = createProgressLine(streams);
  const onDecoded = (done: DecodingProgress): void => progress.show(`Decoding ${printable(decodedAmount(done))}`);
  const options = { ...arrayOptionsOf(flags), ...imageOptionsOf(flags), offline: true, onDecoded };
  const { train } = await openData({ ...options, data: path }).finally(() => progress.clear());
  return train;
}

/** Pixels between the images of a sheet. */
const SHEET_GAP = 1;
const SHEET_IMAGES = 100;

async function writeSheet(
  path: string,
  train: Dataset,
  index: number,
  wanted: number,
  png: string,
  { stderr }: CliStreams,
): Promise<void> {
  const { items, shape } = train;
  const [height, width] = shape;
  const count = Math.min(wanted, Math.max(1, Math.floor(MOST_PIXELS / ((height + SHEET_GAP) * (width + SHEET_GAP)))));
  const sheet = sheetOf(await train.read(index, index + count), shape, SHEET_GAP);
  await writePng(png, sheet.pixels, sheet.shape);
  stderr.write(`${caption(path, index, count, items, shape)}, written to ${printable(png)}\n`);
}

async function draw(
  path: string,
  train: Dataset,
  { index = 0, count }: ShowFlags,
  wanted: number,
  streams: CliStreams,
): Promise<void> {
  const { items, shape } = train;
  const [height, width] = shape;
  const { stdout } = streams;
  // A pipe has no size; the rows of a caption and a prompt stay free on a terminal, unless so many are asked for.
  const fitting = count === undefined ? Math.max(1, (stdout.rows ?? 24) - 2) : MOST_ROWS;
  const space = { columns: stdout.columns ?? Math.max(80, width), rows: fitting };
  const layout = layOutGallery([height, width], Math.min(wanted, MOST_DRAWN), space, 1);
  const drawnCount = Math.max(1, layout.count);
  const pixels = await train.read(index, index + drawnCount);
  const size = imageSize(shape);
  const looks = capabilities(streams);
  const drawn = (place: number): string[] =>
    drawTile(pixels.subarray(place * size, (place + 1) * size), shape, {
      ...looks,
      space: drawnCount === 1 ? { columns: space.columns, rows: height } : layout.tile,
    });
  const rows = drawnCount === 1 ? drawn(0) : drawGallery(layout, drawn);
  streams.stderr.write(`${caption(path, index, drawnCount, items, shape)}\n`);
  await writeText(stdout, rows.map((row) => `${row}\n`).join(''));
}

/** More are not told apart on any screen. */
const MOST_DRAWN = 1000;
const MOST_ROWS = 100_000;

function caption(path: string, index: number, count: number, items: number, [height, width]: ImageShape): string {
  const which = count === 1 ? `image ${index}` : `images ${index} to ${index + count - 1}`;
  return `${printable(path)}: ${which} of ${items}, ${width}×${height}`;
}

function requireImage(path: string, index: number, items: number): void {
  if (index < items) return;
  throw new DataError({
    code: 'DATA_INDEX',
    path,
    expected: `an image of index ${index}`,
    actual: `${items} images, 0 to ${items - 1}`,
    advice: 'Give a smaller --index.',
  });
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
  requireChannelsLast(path, [height, width, channels]);
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

function atLeastOne(text: string): number {
  const count = wholeNumber(text);
  if (count === 0) throw new InvalidArgumentError('It must be a whole number, 1 or more.');
  return count;
}
