import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Alerts, afterLook, alertsOf, noAlerts } from '../../../src/dashboard/diagnosis/alerts.js';
import type { Finding, Rule } from '../../../src/dashboard/diagnosis/finding.js';
import { RULES } from '../../../src/dashboard/diagnosis/finding.js';
import { cases } from '../../fixtures/laws.js';

const finding = (rule: Rule): Finding => ({ rule, step: 1, severity: 'warning', sentences: [rule], advice: [] });

/** Looks once a second; what each of them finds. @returns what is shown after each */
function shown(looks: readonly (readonly Rule[])[]): Rule[][] {
  let alerts: Alerts = noAlerts;
  return looks.map((rules, second) => {
    alerts = afterLook(alerts, rules.map(finding), second * 1000);
    return alertsOf(alerts).map(({ rule }) => rule);
  });
}

test('what is found once is not said; what holds is', () => {
  expect(shown([['plateau'], []])).toEqual([[], []]);
  expect(shown([['plateau'], ['plateau']])).toEqual([[], ['plateau']]);
});

test('it stays for five seconds after it is over', () => {
  const looks = [['plateau'], ['plateau'], [], [], [], [], [], []] as Rule[][];
  expect(shown(looks).map(({ length }) => length)).toEqual([0, 1, 1, 1, 1, 1, 0, 0]);
});

test('a loss that is not a number is said at once', () => {
  expect(shown([['notFinite']])).toEqual([['notFinite']]);
});

test('a cause takes the place of its symptom', () => {
  expect(shown([['plateau'], ['plateau'], ['plateau', 'collapse'], ['collapse']]).at(-1)).toEqual(['collapse']);
});

test('at the end only what is found then is said, and all of it', () => {
  const before = afterLook(afterLook(noAlerts, [finding('spikes')], 0), [finding('spikes')], 1000);
  const after = afterLook(before, [finding('overfitting')], 1500, true);
  expect(alertsOf(after).map(({ rule }) => rule)).toEqual(['overfitting']);
});

test('whatever the rules find, no alert comes and goes within five seconds', () => {
  const looks = fc.array(fc.subarray(['spikes', 'inputBound', 'noTestData'] satisfies Rule[]), { maxLength: 40 });
  fc.assert(
    fc.property(looks, (found) => {
      const rows = shown(found);
      for (const rule of RULES) {
        const seen = rows.map((row) => row.includes(rule));
        const ends = seen.flatMap((now, at) => (now || seen[at - 1] !== true ? [] : [at]));
        for (const end of ends) {
          const begin = seen.lastIndexOf(false, end - 1) + 1;
          expect(end - begin).toBeGreaterThanOrEqual(5);
        }
      }
    }),
    { numRuns: cases(200) },
  );
});
