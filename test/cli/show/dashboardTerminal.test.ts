import { expect, test } from 'vitest';
import { openDashboardTerminal } from '../../../src/cli/show/dashboardTerminal.js';
import { fakeStreams } from '../fakeStreams.js';

const unopened = (): never => {
  throw new Error('No one has asked for a terminal.');
};

test.each(['', '0', 'false', 'no'])('CI=%j does not say that this is CI', (CI) => {
  const context = { ...fakeStreams({ CI }, { isTTY: true }), terminal: () => undefined };
  expect(openDashboardTerminal(context).reason).toMatch(/no terminal opens here/);
});

test.each([
  [{}, { isTTY: false }, 'neither stdout nor stderr is a terminal'],
  [{ TERM: 'dumb' }, { isTTY: true }, 'TERM is dumb'],
  [{ CI: 'true' }, { isTTY: true }, 'CI is set'],
])('where the environment is %j and the streams are %j, %s', (env, options, reason) => {
  expect(openDashboardTerminal({ ...fakeStreams(env, options), terminal: unopened })).toEqual({
    terminal: undefined,
    reason,
  });
});
