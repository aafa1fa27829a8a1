import type { Command } from 'commander';
import { formatCount } from '../../dashboard/format.js';
import { formatShape } from '../../data/formatShape.js';
import { type CachedCopy, listCachedCopies, removeCachedCopies } from '../../data/node/cachedCopies.js';
import { defaultCacheFolder } from '../../data/node/download/cacheFolder.js';
import { OptionError } from '../../errors.js';
import { inColumns } from '../../text/columns.js';
import { printable } from '../../text/printable.js';
import type { CliStreams } from '../programContext.js';
import { writeText } from '../writeText.js';

interface CacheFlags {
  readonly list?: boolean;
  readonly clear?: boolean;
  readonly json?: boolean;
}

const EXAMPLES = `
Photos are decoded once, into the cache; large compressed arrays are decompressed there. All of it is made again when it is needed.
MNIST, which data fetch has downloaded, is not among it and stays.

Examples:
  $ millrace data cache --list
  $ millrace data cache --clear`;

/** Adds `cache`: what was decoded or decompressed, listed or removed. */
export function registerDataCache(parent: Command, streams: CliStreams): void {
  parent
    .command('cache')
    .description('list or remove the copies that were made of images')
    .option('--list', 'list them, the oldest first (default)')
    .option('--clear', 'remove them all')
    .option('--json', 'one JSON object a line')
    .addHelpText('after', EXAMPLES)
    .action((flags: CacheFlags) => dataCache(flags, streams));
}

async function dataCache({ list, clear, json }: CacheFlags, streams: CliStreams): Promise<void> {
  if (list && clear) throw new OptionError('clear', true, 'nothing with list', 'Leave one of the two out.');
  const cacheFolder = defaultCacheFolder();
  const copies = await listCachedCopies(cacheFolder);
  if (clear) await removeCachedCopies(copies, cacheFolder);
  const lines = json ? copies.map((copy) => JSON.stringify(copy)) : asColumns(copies);
  if (lines.length > 0) await writeText(streams.stdout, `${lines.join('\n')}\n`);
  const bytes = copies.reduce((sum, copy) => sum + copy.bytes, 0);
  const amount = `${formatCount(copies.length)} ${copies.length === 1 ? 'copy' : 'copies'}, ${formatCount(bytes)} bytes`;
  streams.stderr.write(`${clear ? 'Removed ' : ''}${amount}, in ${printable(cacheFolder)}\n`);
}

function asColumns(copies: readonly CachedCopy[]): readonly string[] {
  if (copies.length === 0) return [];
  const rows = copies.map(({ path, bytes, made, shape, source }) => [
    made.slice(0, 'YYYY-MM-DDTHH:MM'.length).replace('T', ' '),
    formatCount(bytes),
    shape === undefined ? '–' : formatShape(shape),
    printable(source ?? path),
  ]);
  return inColumns([['made', 'bytes', 'images', 'of'], ...rows], ['left', 'right', 'left', 'left']);
}
