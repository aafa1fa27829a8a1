// A 5 GiB file of images, most of it a hole: verified as a whole, and trained for a while in an order of its own.
import { spawn } from 'node:child_process';
import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { encodeIdxHeader } from '../../dist/data/idx/encoder.js';
import { residentMegabytes } from './residentMemory.js';

const BIN = fileURLToPath(new URL('../../bin/millrace.js', import.meta.url));
const IMAGE_BYTES = 28 * 28;
const READING_MS = 250;

/** @returns the path; the images are black, and take no room on the disk */
export function sparseFile(folder, bytes) {
  const items = Math.ceil(bytes / IMAGE_BYTES);
  const path = join(folder, 'images-idx3-ubyte');
  writeFileSync(path, encodeIdxHeader('uint8', [items, 28, 28]));
  truncateSync(path, 16 + items * IMAGE_BYTES);
  return path;
}

export function verify(path) {
  return watched(['data', 'verify', '--json', path]);
}

/** Ends the training after so many seconds of it. */
export function train(path, seconds) {
  const flags = ['--data', path, '--shuffle', '--no-output', '--ui', 'none', '--events', '-', '--loss-every', '100'];
  let trains = false;
  return watched(['train', ...flags], (text, child) => {
    if (trains || !text.includes('"type":"loss"')) return;
    trains = true;
    setTimeout(() => child.kill('SIGTERM'), 1000 * seconds);
  });
}

/** Runs the program and reads its memory until it ends. */
async function watched(args, onText = () => {}) {
  const child = spawn(process.execPath, [BIN, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const kill = () => child.kill('SIGKILL');
  process.on('exit', kill);
  const begun = performance.now();
  const readings = [];
  const timer = setInterval(() => {
    const megabytes = residentMegabytes(child.pid);
    if (megabytes !== undefined) readings.push({ seconds: (performance.now() - begun) / 1000, megabytes });
  }, READING_MS);
  child.stdout.setEncoding('utf8').on('data', (text) => onText(text, child));
  const code = await new Promise((resolve) => child.once('close', resolve));
  clearInterval(timer);
  process.off('exit', kill);
  if (code !== 0) throw new Error(`millrace ${args[0]} ended with exit code ${code}`);
  return readings;
}
