// Preloaded (`--import`) into a whole program: at its end writes how much processor time it took to MILLRACE_BENCH_USAGE.
import { writeFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

if (isMainThread)
  process.on('exit', () => {
    const { user, system } = process.cpuUsage();
    const cpuSeconds = (user + system) / 1e6;
    writeFileSync(
      process.env.MILLRACE_BENCH_USAGE,
      JSON.stringify({ cpuSeconds, cpuPerWall: cpuSeconds / process.uptime() }),
    );
  });
