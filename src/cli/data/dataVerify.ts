import type { Command } from 'commander';
import type { ImageShape } from '../../data/batch.js';
import type { FileReport } from '../../data/dataFormat.js';
import { formatShape } from '../../data/idx/formatShape.js';
import { verifyData } from '../../data/node/openData.js';
import { requireImageShape } from '../../data/requireImageShape.js';
import { printable } from '../../text/printable.js';
import { EXIT } from '../exitCodes.js';
import type { CliStreams } from '../programContext.js';
import { shapeOf } from '../shapeOption.js';
import { writeText } from '../writeText.js';
import { createProgressLine } from './progressLine.js';

interface VerifyFlags {
  readonly json?: boolean;
  readonly shape?: ImageShape;
}

const EXAMPLES = `
Examples:
  $ millrace data verify train-images-idx3-ubyte.gz
  $ millrace data verify mnist/                          the four standard files, images and labels compared
  $ millrace data verify --json mnist/ | jq 'select(.valid | not)'

Exit code 0 when every file is whole, 1 otherwise.`;

/** Adds `verify`: whether data files are whole. @param done takes the exit code */
export function registerDataVerify(parent: Command, streams: CliStreams, done: (exitCode: number) => void): void {
  parent
    .command('verify')
    .description('check that data files are whole')
    .argument('<path...>', 'IDX files, raw or gzip, or folders with the four files of MNIST')
    .option('--shape <HxWxC>', 'raw frames: height, width and channels of one', shapeOf)
    .option('--json', 'one JSON object a line, with the sha256 of the data')
    .addHelpText('after', EXAMPLES)
    .action(async (paths: string[], flags: VerifyFlags) => {
      done(await dataVerify(paths, flags, streams));
    });
}

async function dataVerify(
  paths: readonly string[],
  { json, shape }: VerifyFlags,
  streams: CliStreams,
): Promise<number> {
  if (shape !== undefined) requireImageShape(shape);
  const progress = createProgressLine(streams);
  const onProgress = (path: string, done: number, promised: number): void =>
    progress.show(`${printable(path)} ${Math.floor((100 * done) / promised)} %`);
  let width = Math.max(...paths.map((path) => printable(path).length));
  let whole = true;
  for (const path of paths)
    for await (const report of verifyData(path, { onProgress, ...(shape && { shape }) })) {
      whole &&= report.valid;
      width = Math.max(width, printable(report.path).length);
      progress.clear();
      await writeText(streams.stdout, `${json === true ? JSON.stringify(report) : line(report, width)}\n`);
    }
  return whole ? EXIT.done : EXIT.failed;
}

function line(report: FileReport, width: number): string {
  const path = printable(report.path).padEnd(width);
  if (!report.valid) return `${path}  bad  ${report.code}  ${printable(difference(report))}`;
  const { dtype, shape, sha256 } = report;
  return `${path}  ok   ${dtype.padEnd('float64'.length)}  ${formatShape(shape).padEnd('60000×28×28'.length)}  sha256 ${sha256}`;
}

function difference({ offset, expected, actual, advice }: Extract<FileReport, { valid: false }>): string {
  return `${offset === 0 ? '' : `byte ${offset}: `}expected ${expected}, found ${actual}. ${advice}`;
}
