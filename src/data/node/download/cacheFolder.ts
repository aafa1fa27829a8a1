import envPaths from 'env-paths';

/** Where Millrace keeps what it can fetch or compute again: `$XDG_CACHE_HOME/millrace`, or what the system has for it. */
export function defaultCacheFolder(): string {
  return envPaths('millrace', { suffix: '' }).cache;
}
