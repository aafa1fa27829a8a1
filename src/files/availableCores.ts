// How many cores this process may use: a container's share, which Node 20 does not know, or those of the machine.
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';

/** What is asked of the system. */
export interface CoreSurroundings {
  /** Those that the system would let it run on. */
  readonly cores?: number;
  /** The text of a file; throws where there is none. */
  readonly read?: (path: string) => string;
}

const MOUNT = '/sys/fs/cgroup';

/**
 * Whole cores, at least one. A share of 2.5 is 2: threads wait for each other, and a third one would be stopped half of the time.
 * @see cgroup v2 `cpu.max`, https://docs.kernel.org/admin-guide/cgroup-v2.html; v1 `cpu.cfs_quota_us`,
 * https://docs.kernel.org/scheduler/sched-bwc.html
 */
export function availableCores({
  cores = availableParallelism(),
  read = (path) => readFileSync(path, 'utf8'),
}: CoreSurroundings = {}): number {
  const textOf = (path: string): string | undefined => {
    try {
      return read(path).trim();
    } catch {
      return undefined;
    }
  };
  const quotas = cgroupFolders(textOf('/proc/self/cgroup') ?? '').flatMap((folder) => quotaOf(folder, textOf) ?? []);
  return Math.max(1, Math.floor(Math.min(cores, ...quotas)));
}

/** The group's folder and all above it, each of which may set a limit; in a container the group's own path may not be there. */
function cgroupFolders(groups: string): string[] {
  return groups.split('\n').flatMap((line) => {
    const [, controllers = '', path = ''] = /^\d+:([^:]*):(\/.*)$/.exec(line) ?? [];
    if (path === '' || !(controllers === '' || controllers.split(',').includes('cpu'))) return [];
    const steps = path.split('/').filter((step) => step !== '');
    const mounts = controllers === '' ? [MOUNT] : [`${MOUNT}/cpu`, `${MOUNT}/${controllers}`];
    return mounts.flatMap((mount) =>
      steps.map((_, depth) => [mount, ...steps.slice(0, depth + 1)].join('/')).concat(mount),
    );
  });
}

/** Cores' worth of time; nothing where there is no limit. */
function quotaOf(folder: string, textOf: (path: string) => string | undefined): number | undefined {
  const [quota, period] =
    textOf(`${folder}/cpu.max`)?.split(' ') ??
    ['cpu.cfs_quota_us', 'cpu.cfs_period_us'].map((name) => textOf(`${folder}/${name}`));
  const share = Number(quota) / Number(period);
  return share > 0 && share < Number.POSITIVE_INFINITY ? share : undefined;
}
