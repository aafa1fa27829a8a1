// A process of its own: multiply-adds a second on some threads at once. Argument: { wasm, threads, seconds } as JSON.
import { readFileSync } from 'node:fs';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';

if (isMainThread) {
  const task = JSON.parse(process.argv[2]);
  const workers = Array.from(
    { length: task.threads },
    () => new Worker(new URL(import.meta.url), { workerData: task }),
  );
  const next = (worker) => new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject));
  await Promise.all(workers.map(next)); // each is warm
  const [cpuBefore, begun] = [process.cpuUsage(), performance.now()];
  const rates = workers.map(next);
  for (const worker of workers) worker.postMessage('go');
  const gigaflops = (await Promise.all(rates)).reduce((sum, rate) => sum + rate, 0);
  const { user, system } = process.cpuUsage(cpuBefore);
  const cpuPerWall = (user + system) / 1000 / (performance.now() - begun);
  process.stdout.write(JSON.stringify({ gigaflops, cpuPerWall }));
} else {
  const { wasm, seconds } = workerData;
  const instance = new WebAssembly.Instance(new WebAssembly.Module(readFileSync(wasm)), {});
  const { multiplyAdd, MULTIPLY_ADDS } = instance.exports;
  const turns = 1_000_000;
  const rate = (duration) => {
    const begun = performance.now();
    let [calls, elapsed] = [0, 0];
    while (elapsed < duration * 1000) {
      multiplyAdd(turns, 0.999);
      calls++;
      elapsed = performance.now() - begun;
    }
    return (2 * calls * turns * MULTIPLY_ADDS.value) / elapsed / 1e6;
  };
  rate(0.3);
  parentPort.once('message', () => parentPort.postMessage(rate(seconds)));
  parentPort.postMessage('warm');
}
