// Files that come with Millrace and are no part of its code: kernels, the code of threads, the sample. The package has them in
// `dist/assets`. A bundler that understands `new URL('…', import.meta.url)` copies them; else a copy of that folder is looked for.
import { existsSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { FileError } from '../errors.js';

// A name, since bundlers would take the folders below for files to copy.
const here = import.meta.url;
/** The folder as it is to be called beside a bundle. */
const BESIDE_A_BUNDLE = new URL('./millrace/', here);
/** Where the sources run themselves, as in tests, the build has the assets. */
const BUILT = new URL('../../dist/assets/', here);

/**
 * Where an asset is.
 * @param name its path in the folder of assets
 * @param packaged where the package, or a bundler that knows of it, has it
 * @throws FileError `ASSET_NOT_FOUND` that says what to copy where
 */
export function assetUrl(name: string, packaged: URL): URL {
  const given = givenFolder();
  if (given === undefined && existsSync(packaged)) return packaged;
  const folders = given === undefined ? [BESIDE_A_BUNDLE, ...(here.endsWith('.ts') ? [BUILT] : [])] : [given];
  const copy = folders.map((folder) => new URL(name, folder)).find((url) => existsSync(url));
  if (copy === undefined) throw notFound(name, fileURLToPath(folders[0]!));
  return copy;
}

/** With a slash at its end, so that names are looked for in it. */
function givenFolder(): URL | undefined {
  const { MILLRACE_ASSETS: folder } = process.env;
  return folder ? pathToFileURL(folder.endsWith('/') ? folder : `${folder}/`) : undefined;
}

function notFound(name: string, folder: string): FileError {
  return new FileError({
    code: 'ASSET_NOT_FOUND',
    path: `${folder}${name}`,
    problem: 'this file of Millrace is missing, as happens where a program has been bundled',
    advice: `Copy the folder node_modules/millrace/dist/assets to ${folder}, or name the folder that has its files in the environment's MILLRACE_ASSETS.`,
  });
}
