import { type Command, InvalidArgumentError } from 'commander';
import type { ImageShape } from '../../data/batch.js';
import { imageShapeOf } from '../../data/idx/imagesOrLabels.js';
import { openIdxFile } from '../../data/node/idx/idxFile.js';
import { IdxError } from '../../errors.js';
import { printable } from '../../text/printable.js';
import { drawTile } from '../../tui/charts/images/tile.js';
import { type Capabilities, detectCapabilities } from '../../tui/theme/capabilities.js';
import type { CliStreams } from '../programContext.js';
import { writeText } from '../writeText.js';
import { writePng } from './writePng.js';

interface ShowFlags {
  readonly index: number;
  readonly png?: string;
}

const EXAMPLES = `
Examples:
  $ millrace data show train-images-idx3-ubyte.gz --index 7
  $ millrace data show photos.idx --png first.png`;

/** Adds `show`: one image of an IDX file, in the terminal or as a PNG. */
export function registerDataShow(parent: Command, streams: CliStreams): void {
  parent
    .command('show')
    .description('show an image of an IDX file')
    .argument('<path>', 'an IDX file of images, raw or gzip: uint8, 1 or 3 channels')
    .option('--index <number>', 'which image, counted from 0', wholeNumber, 0)
    .option('--png <file>', 'write a PNG instead of drawing in the terminal')
    .addHelpText('after', EXAMPLES)
    .action((path: string, flags: ShowFlags) => dataShow(path, flags, streams));
}

async function dataShow(path: string, { index, png }: ShowFlags, streams: CliStreams): Promise<void> {
  const { pixels, shape, items } = await readImage(path, index);
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

async function readImage(path: string, index: number) {
  const file = await openIdxFile(path);
  try {
    const shape = drawableShape(path, imageShapeOf(file));
    const items = file.header.itemCount;
    if (index >= items)
      throw new IdxError({
        code: 'IDX_UNSUITABLE',
        path,
        offset: 4,
        expected: `an image of index ${index}`,
        actual: `${items} images, 0 to ${items - 1}`,
        advice: 'Give a smaller --index.',
      });
    return { pixels: await file.read(index, index + 1), shape, items };
  } finally {
    await file.close();
  }
}

/** 4096 × 4096: drawn or written, an image takes some thirty times its size in memory. */
const MOST_PIXELS = 2 ** 24;

function drawableShape(path: string, shape: ImageShape): ImageShape {
  const [height, width, channels] = shape;
  if (height * width > MOST_PIXELS)
    throw new IdxError({
      code: 'IDX_UNSUITABLE',
      path,
      offset: 8,
      expected: `images of at most ${MOST_PIXELS} pixels`,
      actual: `${height}×${width}`,
      advice: 'Cut the image into smaller ones first.',
    });
  if (channels === 1 || channels === 3) return shape;
  throw new IdxError({
    code: 'IDX_UNSUITABLE',
    path,
    offset: 16,
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
