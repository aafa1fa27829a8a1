import { stat } from 'node:fs/promises';
import type { Command } from 'commander';
import { formatShape } from '../../data/idx/formatShape.js';
import { type IdxReport, verifyIdx } from '../../data/node/idx/verifyFile.js';
import { checkMember, type FolderMember, folderMembers } from '../../data/node/idx/verifyFolder.js';
import { printable } from '../../text/printable.js';
import { EXIT } from '../exitCodes.js';
import type { CliStreams } from '../programContext.js';
import { writeText } from '../writeText.js';
import { createProgressLine } from './progressLine.js';

interface VerifyFlags {
  readonly json?: boolean;
}

const EXAMPLES = `
Examples:
  $ millrace data verify train-images-idx3-ubyte.gz
  $ millrace data verify mnist/                          the four standard files, images and labels compared
  $ millrace data verify --json mnist/ | jq 'select(.valid | not)'

Exit code 0 when every file is whole, 1 otherwise.`;

/** Adds `verify`: whether IDX files are whole. @param done takes the exit code */
export function registerDataVerify(parent: Command, streams: CliStreams, done: (exitCode: number) => void): void {
  parent
    .command('verify')
    .description('check that IDX files are whole')
    .argument('<path...>', 'IDX files, raw or gzip, or folders with the four files of MNIST')
    .option('--json', 'one JSON object a line, with the sha256 of the data')
    .addHelpText('after', EXAMPLES)
    .action(async (paths: string[], flags: VerifyFlags) => {
      done(await dataVerify(paths, flags, streams));
    });
}

async function dataVerify(paths: readonly string[], { json }: VerifyFlags, streams: CliStreams): Promise<number> {
  const groups = await Promise.all(paths.map(targetsOf));
  const width = Math.max(...groups.flat().map(({ path }) => printable(path).length));
  const progress = createProgressLine(streams);
  let whole = true;
  for (const targets of groups) {
    let images: IdxReport | undefined;
    for (const { path, holds } of targets) {
      const report = await verifyIdx(path, {
        onProgress: (done, promised) => progress.show(`${printable(path)} ${Math.floor((100 * done) / promised)} %`),
      });
      const checked =
        holds === undefined ? report : checkMember(report, holds, holds === 'labels' ? images : undefined);
      images = report;
      whole &&= checked.valid;
      progress.clear();
      await writeText(streams.stdout, `${json === true ? JSON.stringify(checked) : line(checked, width)}\n`);
    }
  }
  return whole ? EXIT.done : EXIT.failed;
}

type Target = Pick<FolderMember, 'path'> & Partial<FolderMember>;

/** A folder's members; a path that cannot be looked at is left to the file's own report. */
async function targetsOf(path: string): Promise<readonly Target[]> {
  const isFolder = await stat(path).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
  return isFolder ? folderMembers(path) : [{ path }];
}

function line(report: IdxReport, width: number): string {
  const path = printable(report.path).padEnd(width);
  if (!report.valid) return `${path}  bad  ${report.code}  ${printable(difference(report))}`;
  const { dtype, shape, sha256 } = report;
  return `${path}  ok   ${dtype.padEnd('float64'.length)}  ${formatShape(shape).padEnd('60000×28×28'.length)}  sha256 ${sha256}`;
}

function difference({ offset, expected, actual, advice }: Extract<IdxReport, { valid: false }>): string {
  return `${offset === 0 ? '' : `byte ${offset}: `}expected ${expected}, found ${actual}. ${advice}`;
}
