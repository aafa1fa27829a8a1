import { describe, expect, test } from 'vitest';
import { defaultCacheFolder } from '../../../../src/data/node/download/cacheFolder.js';
import { DataError } from '../../../../src/errors.js';

const home = (): string => '/home/ada';
const homeless = (): never => {
  throw new Error('A system error occurred: uv_os_homedir returned ENOENT');
};

test.each([
  ['linux', {}, '/home/ada/.cache/millrace'],
  ['linux', { XDG_CACHE_HOME: '/fast' }, '/fast/millrace'],
  ['linux', { XDG_CACHE_HOME: '' }, '/home/ada/.cache/millrace'],
  ['darwin', { XDG_CACHE_HOME: '/fast' }, '/home/ada/Library/Caches/millrace'],
  ['win32', { LOCALAPPDATA: '/local' }, '/local/millrace/Cache'],
] as const)('on %s with %j it is %s', (platform, environment, folder) => {
  expect(defaultCacheFolder({ platform, environment, home })).toBe(folder);
});

describe('without a home directory', () => {
  test('it is where the environment says', () => {
    const environment = { XDG_CACHE_HOME: '/fast' };
    expect(defaultCacheFolder({ platform: 'linux', environment, home: homeless })).toBe('/fast/millrace');
  });

  test.each([homeless, () => ''])('and where that says nothing, the error says what to set', (noHome) => {
    const ask = (): string => defaultCacheFolder({ platform: 'linux', environment: {}, home: noHome });
    expect(ask).toThrow(DataError);
    expect(ask).toThrow(/no home directory.*Set XDG_CACHE_HOME or HOME .*MILLRACE_DATA/);
  });
});
