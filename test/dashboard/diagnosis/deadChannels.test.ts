import { expect, test } from 'vitest';
import { deadChannels } from '../../../src/dashboard/diagnosis/deadChannels.js';
import { frameOf, runWith, trendOf, well } from './symptoms.js';

const trend = trendOf(new Array(400).fill(0.05));
/** The first so many of four channels are the same in every image. */
const frame = (step: number, dead: number, images = 6) =>
  frameOf(
    step,
    Array.from({ length: images }, (_, image) => [
      image * 40,
      image * 40,
      [0, 1, 2, 3].map((channel) => (channel < dead ? 7 : image)),
    ]),
  );

test('channels that are the same in all images of two samples are dead', () => {
  const found = deadChannels({ ...well, trend, samples: [frame(200, 3), frame(400, 2)] });
  expect(found).toMatchObject({ step: 400, severity: 'note' });
  expect(found?.sentences[1]).toBe('2 of 4 latent channels are dead');
  expect(deadChannels({ ...well, trend, samples: [frame(200, 3), frame(400, 3)] })?.severity).toBe('warning');
});

test('values that a variational or a sparse latent leaves out are not dead, unless all are', () => {
  for (const type of ['variational', 'activityRegularization']) {
    const seen = { ...well, run: runWith(type), trend };
    expect(deadChannels({ ...seen, samples: [frame(200, 3), frame(400, 3)] })).toBeUndefined();
    expect(deadChannels({ ...seen, samples: [frame(200, 4), frame(400, 4)] })?.severity).toBe('warning');
  }
});

test('few images, one sample, and a network that has learnt nothing yet are not judged', () => {
  expect(deadChannels({ ...well, trend, samples: [frame(200, 2, 3), frame(400, 2, 3)] })).toBeUndefined();
  expect(deadChannels({ ...well, trend, samples: [frame(0, 2), frame(400, 2)] })).toBeUndefined();
  expect(deadChannels({ ...well, trend, samples: [frame(400, 2)] })).toBeUndefined();
  expect(deadChannels({ ...well, trend, samples: [frame(200, 0), frame(400, 0)] })).toBeUndefined();
});
