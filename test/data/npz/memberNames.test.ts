import { expect, test } from 'vitest';
import { membersOf } from '../../../src/data/npz/memberNames.js';

test.each([
  [
    'Keras',
    ['x_test', 'x_train', 'y_train', 'y_test'],
    { train: { images: 'x_train', labels: 'y_train' }, test: { images: 'x_test', labels: 'y_test' } },
  ],
  [
    'MedMNIST',
    ['train_images', 'val_images', 'test_images', 'train_labels', 'val_labels', 'test_labels'],
    {
      train: { images: 'train_images', labels: 'train_labels' },
      test: { images: 'test_images', labels: 'test_labels' },
    },
  ],
  ['capitals', ['X_train', 'Y_train'], { train: { images: 'X_train', labels: 'Y_train' } }],
  ['validation alone', ['x_train', 'x_val'], { train: { images: 'x_train' }, test: { images: 'x_val' } }],
  ['no parts', ['labels', 'images'], { train: { images: 'images', labels: 'labels' } }],
  ['one array of any name', ['arr_0'], { train: { images: 'arr_0' } }],
])('knows the names of %s', (_, names, expected) => {
  expect(membersOf(names)).toEqual(expected);
});

test('does not guess', () => {
  expect(membersOf(['arr_0', 'arr_1'])).toBeUndefined();
  expect(membersOf(['x_test', 'y_test'])).toBeUndefined();
  expect(membersOf([])).toBeUndefined();
});
