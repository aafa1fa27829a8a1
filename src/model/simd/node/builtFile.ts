import { existsSync } from 'node:fs';

/** A file that the build puts into this engine's folder; where the sources run themselves, as in tests, it is in `dist`. */
export function builtFile(name: string): URL {
  const beside = new URL(`../${name}`, import.meta.url);
  return existsSync(beside) ? beside : new URL(`../../../../dist/model/simd/${name}`, import.meta.url);
}
