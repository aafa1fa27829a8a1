// Says which input a parser does not come back from: the main thread cannot, it hangs.
import { Worker } from 'node:worker_threads';

const PATIENCE_MS = 60_000;

const PROGRAM = `
const { parentPort, workerData } = require('node:worker_threads');
const { beat, name, patience } = workerData;
let last = -1;
setInterval(() => {
  const now = Atomics.load(beat, 0);
  if (now === last) {
    const text = Buffer.from(name.slice(1, 1 + name[0])).toString();
    require('node:fs').writeSync(2, text + ', input ' + beat[1] + ': it does not come back\\n');
    process.kill(process.pid, 'SIGKILL');
  }
  last = now;
}, patience);
`;

/** Ends the process when an input takes longer than a minute, and says which one it was. */
export function watchOver() {
  const beat = new Int32Array(new SharedArrayBuffer(8));
  const name = new Uint8Array(new SharedArrayBuffer(64));
  const worker = new Worker(PROGRAM, { eval: true, workerData: { beat, name, patience: PATIENCE_MS } });
  worker.unref();
  return {
    begin(parser, index) {
      const bytes = Buffer.from(parser);
      name[0] = bytes.length;
      name.set(bytes, 1);
      beat[1] = index;
      Atomics.add(beat, 0, 1);
    },
    stop: () => void worker.terminate(),
  };
}
