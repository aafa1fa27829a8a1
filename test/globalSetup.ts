import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** What the build is made of. */
const SOURCES = ['src', 'scripts', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json'];
/** What it writes last. */
const BUILT = 'dist/events.schema.json';

/** Tests with real processes and workers run the build, so it has to be the build of these sources. */
export default function buildOnce(): void {
  const built = statSync(BUILT, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (SOURCES.some((path) => changedSince(path, built)))
    execFileSync(process.execPath, ['scripts/build.js'], { stdio: 'inherit' });
}

/** A file that has gone, or come under another name, changes its folder. */
function changedSince(path: string, time: number): boolean {
  const stats = statSync(path);
  if (stats.mtimeMs > time) return true;
  return stats.isDirectory() && readdirSync(path).some((name) => changedSince(join(path, name), time));
}
