import { millrace } from '../measurements/training.js';
import { TRANSPOSE } from '../setting.js';
import { knownRow, ratioRow } from './row.js';

const THREADS = [1, 2];

export function batchRows(setting) {
  return [1, 20, 128, 1024].flatMap((batchSize) =>
    THREADS.map((threads) => knownRow(millrace(setting, TRANSPOSE, { threads, batchSize }))),
  );
}

/** Patches of zeros are skipped: what that brings on MNIST. */
export function skippingRows(setting) {
  return THREADS.map((threads) =>
    ratioRow({
      what: `transpose, threads ${threads}: MNIST as it is, against dense images`,
      measured: millrace(setting, TRANSPOSE, { threads }),
      peers: [millrace(setting, TRANSPOSE, { threads, images: 'dense' })],
    }),
  );
}

/** Fused multiply-adds, whose bits differ between machines. */
export function relaxedRows(setting) {
  return THREADS.flatMap((threads) =>
    [undefined, 'dense'].map((images) =>
      ratioRow({
        what: `transpose, threads ${threads}${images ? `, ${images}` : ''}: relaxed against not`,
        measured: millrace(setting, TRANSPOSE, { threads, relaxed: true, images }),
        peers: [millrace(setting, TRANSPOSE, { threads, images })],
      }),
    ),
  );
}

/** Numbers below 1.2e-38, which processors compute slowly: in the images, where most are. */
export function denormalRows(setting) {
  return [
    ratioRow({
      what: 'transpose, threads 1: images with denormal numbers against images without',
      measured: millrace(setting, TRANSPOSE, { images: 'denormal' }),
      peers: [millrace(setting, TRANSPOSE, { images: 'floats' })],
      unit: '%',
    }),
  ];
}
