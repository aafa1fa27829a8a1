import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runJson } from '../child.js';
import { compileRoofline } from '../compileRoofline.js';
import { figure } from '../rounds.js';

const SCRIPT = fileURLToPath(new URL('../measure/roofline.js', import.meta.url));

/** What the machine's SIMD does at most, two operations a multiply-add. */
export function roofline(setting, threads) {
  const run = async () => {
    const wasm = join(setting.folder, 'roofline.wasm');
    await compileRoofline(wasm);
    const { seconds } = setting.options;
    return runJson(process.execPath, [SCRIPT, JSON.stringify({ wasm, threads, seconds })]);
  };
  return figure(
    { name: `roofline, ${threads === 1 ? '1 thread' : `${threads} threads`}`, unit: 'GFLOP/s', run },
    'gigaflops',
  );
}
