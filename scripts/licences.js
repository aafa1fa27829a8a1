import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The licences of the packages that a bundle has parts of, as they ask for. @param output of rolldown */
export function licences(output) {
  const modules = output.flatMap(({ moduleIds = [] }) => moduleIds);
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
