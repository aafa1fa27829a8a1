import { availableParallelism } from 'node:os';
import { expect, test } from 'vitest';
import { availableCores } from '../../src/files/availableCores.js';

/** A system of these files, with eight cores. */
const coresWith = (files: Readonly<Record<string, string>>): number =>
  availableCores({
    cores: 8,
    read: (path) => {
      const text = files[path];
      if (text === undefined) throw new Error(`no ${path}`);
      return `${text}\n`;
    },
  });

const v2 = '/sys/fs/cgroup';
const v1 = '/sys/fs/cgroup/cpu';

test.each<readonly [string, Readonly<Record<string, string>>, number]>([
  ['no cgroup', {}, 8],
  [
    'v2: a container, which sees its group as the root',
    { '/proc/self/cgroup': '0::/', [`${v2}/cpu.max`]: '200000 100000' },
    2,
  ],
  ['v2: no limit', { '/proc/self/cgroup': '0::/', [`${v2}/cpu.max`]: 'max 100000' }, 8],
  ['v2: a share is rounded down', { '/proc/self/cgroup': '0::/', [`${v2}/cpu.max`]: '250000 100000' }, 2],
  ['v2: less than one core is one', { '/proc/self/cgroup': '0::/', [`${v2}/cpu.max`]: '10000 100000' }, 1],
  ['v2: more than there are', { '/proc/self/cgroup': '0::/', [`${v2}/cpu.max`]: '1600000 100000' }, 8],
  [
    'v2: the least of the groups above counts',
    { '/proc/self/cgroup': '0::/a/b', [`${v2}/a/b/cpu.max`]: '400000 100000', [`${v2}/a/cpu.max`]: '300000 100000' },
    3,
  ],
  [
    'v1, where the path is that of the host',
    {
      '/proc/self/cgroup': '11:memory:/docker/1\n4:cpu,cpuacct:/docker/1\n',
      [`${v1}/cpu.cfs_quota_us`]: '150000',
      [`${v1}/cpu.cfs_period_us`]: '50000',
    },
    3,
  ],
  [
    'v1: no limit',
    { '/proc/self/cgroup': '4:cpu:/x', [`${v1}/x/cpu.cfs_quota_us`]: '-1', [`${v1}/x/cpu.cfs_period_us`]: '100000' },
    8,
  ],
  ['damaged', { '/proc/self/cgroup': 'what\n0::/', [`${v2}/cpu.max`]: 'many few' }, 8],
])('%s', (_, files, cores) => {
  expect(coresWith(files)).toBe(cores);
});

test('here it is at least one, and not more than there are', () => {
  expect(availableCores()).toBeGreaterThanOrEqual(1);
  expect(availableCores()).toBeLessThanOrEqual(availableParallelism());
});
