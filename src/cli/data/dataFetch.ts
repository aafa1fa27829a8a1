import type { Command } from 'commander';
import { type FetchOptions, fetchMnist, MNIST_SIZE } from '../../data/node/mnist/fetchMnist.js';
import { printable } from '../../text/printable.js';
import type { CliStreams } from '../programContext.js';
import { writeText } from '../writeText.js';
import { createProgressLine } from './progressLine.js';

const EXAMPLES = `
Examples:
  $ millrace data fetch
  $ millrace train --data "$(millrace data fetch)"`;

/**
 * Adds `fetch`: downloads MNIST into the cache folder, where `--data mnist` finds it. Prints the folder on stdout.
 * @param options where from and where to. @default MNIST's mirrors and the system's folder for caches
 */
export function registerDataFetch(
  parent: Command,
  streams: CliStreams,
  options: Pick<FetchOptions, 'mirrors' | 'cacheFolder'> = {},
): void {
  parent
    .command('fetch')
    .description(`download MNIST (${MNIST_SIZE}), checked and kept for all later runs`)
    .addHelpText('after', EXAMPLES)
    .action(() => dataFetch(streams, options));
}

async function dataFetch(streams: CliStreams, options: FetchOptions): Promise<void> {
  const line = createProgressLine(streams);
  let fetched = false;
  const folder = await fetchMnist({
    ...options,
    onProgress({ file, received, total, folder }) {
      if (!fetched) streams.stderr.write(`Fetching MNIST, ${megabytes(total)}, into ${printable(folder)}\n`);
      fetched = true;
      line.show(`${file}: ${megabytes(received)} of ${megabytes(total)}, ${Math.floor((100 * received) / total)} %`);
    },
  }).finally(() => line.clear());
  streams.stderr.write(`${fetched ? 'Now' : 'Already'} there, all 70,000 images, every file checked:\n`);
  await writeText(streams.stdout, `${folder}\n`);
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
