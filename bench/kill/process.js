import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const BIN = fileURLToPath(new URL('../../bin/millrace.js', import.meta.url));

/** Starts the program in a folder. `begun` resolves with its first event, or its end. */
export function startRun(folder, args) {
  const child = spawn(process.execPath, [BIN, ...args, '--events', '-'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text) => {
    stderr += text;
  });
  const finished = new Promise((resolve) => {
    child.on('close', (code, signal) => resolve({ code, signal, stderr }));
  });
  const begun = Promise.race([new Promise((resolve) => child.stdout.once('data', resolve)), finished]);
  child.stdout.resume();
  return { child, begun, finished };
}

/** Waits for its end. */
export function finish({ finished }) {
  return finished;
}
