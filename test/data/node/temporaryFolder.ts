import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

/** A folder for the files of one test file, removed when its tests are done. */
export function temporaryFolder(): (...parts: readonly string[]) => string {
  const folder = mkdtempSync(join(tmpdir(), 'millrace-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  return (...parts) => join(folder, ...parts);
}
