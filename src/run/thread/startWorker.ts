import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { assetUrl } from '../../files/assets.js';
import type { RunThread } from './runInWorker.js';

// A name, since bundlers would copy this file without those that it imports.
const here = import.meta.url;

/**
 * A thread for one run. It loads what a run needs at once and waits for `runInWorker` to say which; its owner terminates it.
 * @param options.hasStdin the run reads the stdin that it is given
 * @throws FileError `ASSET_NOT_FOUND` where its code is missing beside a bundle
 */
export function startWorker({ hasStdin }: { readonly hasStdin: boolean }): RunThread {
  // In the package, the thread shares its modules with what a user's module imports of Millrace.
  const packaged = new URL('./runThread.js', here);
  const code = assetUrl('runThread.mjs', packaged);
  if (code === packaged) return new Worker(code, { stdin: hasStdin });
  return new Worker(code, { stdin: hasStdin, env: { ...process.env, MILLRACE_ASSETS: folderOf(code) } });
}

function folderOf(file: URL): string {
  return fileURLToPath(new URL('.', file));
}
