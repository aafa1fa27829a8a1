// Bundles the command line and its threads into `dist/program`, with what they depend on. A process otherwise opens 600 files before
// it trains: that was half of the processor time of a short command, and two fifths of the wait for it.
import { writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';
import { licences } from './licences.js';

/** What a process, or the thread of a run, begins with, by its name in `dist/program`. */
const ENTRIES = {
  main: 'cli/main.js',
  runThread: 'run/thread/runThread.js',
};

/** Imported when they are used, and large, native or not installed everywhere. */
const NOT_BUNDLED = [/^@tensorflow\//, /^@nats-io\//, 'sharp', 'react-devtools-core', 'ws'];

/**
 * @param dist the compiled sources
 * @returns when `dist/program` is written
 */
export async function bundleProgram(dist) {
  const folder = join(dist, 'program');
  const bundle = await rolldown({
    input: Object.fromEntries(Object.entries(ENTRIES).map(([name, file]) => [name, join(dist, file)])),
    external: NOT_BUNDLED,
    platform: 'node',
    // React's development build leaks.
    transform: { define: { 'process.env.NODE_ENV': '"production"' } },
    plugins: [keepPlaces(dist, folder)],
  });
  const { output } = await bundle.write({
    dir: folder,
    entryFileNames: '[name].js',
    chunkFileNames: '[name]-[hash].js',
  });
  await bundle.close();
  await writeFile(join(folder, 'LICENSES.txt'), licences(output));
}

/** A module finds files beside itself, so each keeps the address that it has in `dist`; threads begin with their bundles. */
function keepPlaces(dist, folder) {
  const bundled = new Map(Object.entries(ENTRIES).map(([name, file]) => [pathToFileURL(join(dist, file)).href, name]));
  const from = (address) => `new URL(${JSON.stringify(address)}, import.meta.url)`;
  return {
    name: 'keep places',
    transform(code, id) {
      if (!id.startsWith(dist) || !code.includes('import.meta.url')) return undefined;
      const place = `${from(relative(folder, id).replaceAll(sep, '/'))}.href`;
      return code.replaceAll(
        /new URL\((['"])(\.[^'"]*)\1, (?:import\.meta\.url|here)\)|import\.meta\.url/g,
        (found, _, beside) => {
          const entry = beside && bundled.get(new URL(beside, pathToFileURL(id)).href);
          return entry ? from(`./${entry}.js`) : found.replace('import.meta.url', place);
        },
      );
    },
  };
}
