import { readFileSync } from 'node:fs';

/** Megabytes that a process has in memory; `undefined` where there is no /proc to tell, or the process has ended. */
export function residentMegabytes(pid) {
  try {
    const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return Number(kilobytes) / 1000;
  } catch {
    return undefined;
  }
}
