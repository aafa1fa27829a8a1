import type { Command } from 'commander';
import type { DecodingProgress, FileReport } from '../../data/dataFormat.js';
import type { DataNotice } from '../../data/dataNotice.js';
import { decodedAmount } from '../../data/encodedImages/decodedAmount.js';
import { formatShape } from '../../data/formatShape.js';
import { verifyData } from '../../data/node/openData.js';
import { printable } from '../../text/printable.js';
import { type ArrayFlags, addArrayFlags, arrayOptionsOf } from '../arrayFlags.js';
import { EXIT } from '../exitCodes.js';
import { addImageFlags, type ImageFlags, imageOptionsOf } from '../imageFlags.js';
import type { CliStreams } from '../programContext.js';
import { writeText } from '../writeText.js';
import { createProgressLine } from './progressLine.js';

interface VerifyFlags extends ArrayFlags, ImageFlags {
  readonly json?: boolean;
}

const EXAMPLES = `
Examples:
  $ millrace data verify train-images-idx3-ubyte.gz
  $ millrace data verify mnist/                          the four standard files, images and labels compared
  $ millrace data verify --json mnist/ | jq 'select(.valid | not)'

Exit code 0 when every file is whole, 1 otherwise.`;

/** Adds `verify`: whether data files are whole. @param done takes the exit code */
export function registerDataVerify(parent: Command, streams: CliStreams, done: (exitCode: number) => void): void {
  addImageFlags(addArrayFlags(parent.command('verify')))
    .description('check that data files are whole')
    .argument(
      '<path...>',
      'data files (IDX, NumPy, CIFAR, CSV, Parquet), folders of them, folders or tar archives of images',
    )
    .option('--json', 'one JSON object a line, with the sha256 of the data')
    .addHelpText('after', EXAMPLES)
    .action(async (paths: string[], flags: VerifyFlags) => {
      done(await dataVerify(paths, flags, streams));
    });
}

async function dataVerify(paths: readonly string[], flags: VerifyFlags, streams: CliStreams): Promise<number> {
  const { json } = flags;
  const progress = createProgressLine(streams);
  const onProgress = (path: string, done: number, promised: number): void =>
    progress.show(`${printable(path)} ${Math.floor((100 * done) / promised)} %`);
  const onDecoded = (done: DecodingProgress): void => progress.show(`Decoding ${printable(decodedAmount(done))}`);
  const onNotice = ({ message }: DataNotice): void => {
    progress.clear();
    streams.stderr.write(`${printable(message)}\n`);
  };
  const options = { ...arrayOptionsOf(flags), ...imageOptionsOf(flags) };
  let width = Math.max(...paths.map((path) => printable(path).length));
  let whole = true;
  for (const path of paths)
    for await (const report of verifyData(path, { ...options, onProgress, onDecoded, onNotice })) {
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
