import { expect, test } from 'vitest';
import { OptionError } from '../../../src/errors.js';
import { configuration } from '../../../src/events/measurements/configuration.js';

test('flattens what is nested, and makes texts of lists and of numbers that JSON has no word for', () => {
  const settings = {
    rate: 0.1,
    optimizer: { name: 'adam', betas: [0.9, 0.999], amsgrad: false, schedule: null },
    weights: Float32Array.of(1, 2),
    clip: Number.POSITIVE_INFINITY,
    absent: undefined,
  };
  expect(configuration(settings).values).toEqual({
    rate: 0.1,
    'optimizer.name': 'adam',
    'optimizer.betas': '[0.9,0.999]',
    'optimizer.amsgrad': false,
    'optimizer.schedule': null,
    weights: '[1,2]',
    clip: 'Infinity',
  });
});

test('a name that is a prototype elsewhere is a name', () => {
  const { values } = configuration(JSON.parse('{"__proto__": 1}'));
  expect([Object.keys(values), Object.getPrototypeOf(values)]).toEqual([['__proto__'], Object.prototype]);
});

test('refuses what is no object of values, circles included', () => {
  const circle: Record<string, unknown> = {};
  circle.again = circle;
  const list: unknown[] = [];
  list.push(list);
  for (const settings of [null, 'x', [1], { run: () => 1 }, { big: Symbol('x') }, circle, { list }])
    expect(() => configuration(settings as Record<string, unknown>)).toThrow(OptionError);
});

test('refuses more than 1,000 values', () => {
  const many = Object.fromEntries(Array.from({ length: 1001 }, (_, index) => [`s${index}`, index]));
  expect(() => configuration(many)).toThrow(/1001 values/);
});
