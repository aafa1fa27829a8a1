import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type DownloadProgress, fetchMnist, MNIST_SIZE } from '../../../../src/data/node/mnist/fetchMnist.js';
import { mnist } from '../../../../src/data/node/mnist/mnist.js';
import { MNIST_FILES, MNIST_TRAIN_DIGEST } from '../../../../src/data/node/mnist/mnistMirrors.js';
import { isWhole } from '../../../fixtures/laws.js';
import { type Answer, mirror, refuses, serves } from '../download/mirror.js';
import { temporaryFolder } from '../temporaryFolder.js';
import { REAL_MNIST, withoutMnist } from './realMnist.js';

const path = temporaryFolder();

const servesFolder: Answer = (response, from, request) =>
  serves(readFileSync(join(REAL_MNIST, request.url!)))(response, from, request);

test('knows how large the download is', () => {
  expect(MNIST_SIZE).toBe('11.6 MB');
});

test.skipIf(withoutMnist || !isWhole)(
  'downloads all of MNIST, checked, from the mirror that works (needs ../shared)',
  async () => {
    const dead = await mirror(refuses(404));
    const good = await mirror(servesFolder);
    const cacheFolder = path('fresh');
    const progress: DownloadProgress[] = [];
    const options = {
      cacheFolder,
      mirrors: [dead.url, good.url],
      connectMs: 60_000,
      onProgress: (at: DownloadProgress) => progress.push(at),
    };

    const { train, test, notice } = await mnist({ ...options, env: {} });

    expect(notice).toBeUndefined();
    expect(train).toMatchObject({ name: 'mnist', items: 60_000, shape: [28, 28, 1], sample: false });
    expect(train).toMatchObject({ source: path('fresh', 'mnist') });
    expect(test.items).toBe(10_000);
    expect(await train.digest()).toBe(MNIST_TRAIN_DIGEST);
    expect(dead.ranges).toHaveLength(1);
    expect(readdirSync(path('fresh', 'mnist')).toSorted()).toEqual(
      Object.values(MNIST_FILES)
        .map(({ name }) => name)
        .toSorted(),
    );
    expect(progress[0]).toEqual({
      file: MNIST_FILES.trainImages.name,
      received: 0,
      total: 11_594_722,
      folder: path('fresh', 'mnist'),
    });
    expect(progress.at(-1)).toMatchObject({ received: 11_594_722, total: 11_594_722 });

    const before = good.ranges.length;
    writeFileSync(path('fresh', 'mnist', MNIST_FILES.testLabels.name), 'damaged');
    await fetchMnist(options);
    await fetchMnist(options);
    expect(good.ranges).toHaveLength(before + 1);
    const again = await mnist({ ...options, env: {} });
    expect(again.test.labels?.slice(0, 4)).toEqual(Uint8Array.of(7, 2, 1, 0));
  },
);
