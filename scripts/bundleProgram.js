// Bundles the command line and its threads into `dist/program`, with what they depend on. A process otherwise opens 600 files before
// it trains: that was half of the processor time of a short command, and two fifths of the wait for it.
import { existsSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';

/** What a process, or the thread of a run, begins with, by its name in `dist/program`. */
const ENTRIES = {
  main: 'cli/main.js',
  runThread: 'run/thread/worker.js',
};

/** Imported when they are used, and large, native or not installed everywhere. */
const NOT_BUNDLED = [/^@tensorflow\//, 'sharp', 'react-devtools-core', 'ws'];

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
  await writeFile(join(folder, 'LICENSES.txt'), licences(output.flatMap(({ moduleIds = [] }) => moduleIds)));
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
        /new URL\((['"])(\.[^'"]*)\1, import\.meta\.url\)|import\.meta\.url/g,
        (found, _, beside) => {
          const entry = beside && bundled.get(new URL(beside, pathToFileURL(id)).href);
          return entry ? from(`./${entry}.js`) : found.replace('import.meta.url', place);
        },
      );
    },
  };
}

/** The licences of the packages that the bundle has parts of, as they ask for. */
function licences(modules) {
  const packages = new Set(modules.filter((id) => id.includes('node_modules')).map(packageFolder));
  return [...packages].toSorted().map(licence).join('\n\n');
}

function packageFolder(file) {
  const folder = dirname(file);
  const description = join(folder, 'package.json');
  return existsSync(description) && 'version' in JSON.parse(readFileSync(description, 'utf8'))
    ? folder
    : packageFolder(folder);
}

function licence(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = ['LICENSE', 'LICENSE.txt', 'LICENSE.md', 'license', 'license.md']
    .map((n) => join(folder, n))
    .find(existsSync);
  return `${name} ${version}, ${license}\n\n${file === undefined ? '' : readFileSync(file, 'utf8').trim()}\n`;
}
