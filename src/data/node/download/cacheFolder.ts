import { homedir } from 'node:os';
import { join } from 'node:path';
import { DataError } from '../../../errors.js';

/** What decides where caches are. */
export interface CacheSurroundings {
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly platform?: NodeJS.Platform;
  /** Throws where this user has none, such as a container's user without a name. */
  readonly home?: () => string;
}

/**
 * Where Millrace keeps what it can fetch or compute again: `$XDG_CACHE_HOME/millrace`, or what the system has for it. It asks for the home
 * directory only where nothing else is set.
 *
 * @throws DataError `DATA_CACHE` where there is none
 * @see https://specifications.freedesktop.org/basedir-spec/latest/, `~/Library/Caches` of macOS, `%LOCALAPPDATA%` of Windows
 */
export function defaultCacheFolder({
  environment = process.env,
  platform = process.platform,
  home = homedir,
}: CacheSurroundings = {}): string {
  const { XDG_CACHE_HOME, LOCALAPPDATA } = environment;
  if (platform === 'darwin') return join(homeFolder(home), 'Library', 'Caches', 'millrace');
  if (platform === 'win32')
    return join(LOCALAPPDATA || join(homeFolder(home), 'AppData', 'Local'), 'millrace', 'Cache');
  return join(XDG_CACHE_HOME || join(homeFolder(home), '.cache'), 'millrace');
}

function homeFolder(home: () => string): string {
  try {
    const folder = home();
    if (folder !== '') return folder;
  } catch {
    // The same as none.
  }
  throw new DataError({
    code: 'DATA_CACHE',
    problem: 'this user has no home directory, and so no folder for caches',
    advice: 'Set XDG_CACHE_HOME or HOME to a folder that can be written, or MILLRACE_DATA to one that holds MNIST.',
  });
}
