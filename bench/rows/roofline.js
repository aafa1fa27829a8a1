import { roofline } from '../measurements/roofline.js';
import { millrace } from '../measurements/training.js';
import { TRANSPOSE } from '../setting.js';
import { ratioRow } from './row.js';

/** Of `transpose`, an image: 251,000 forward, 106,000 backward, where the pooling passes one gradient in four on. */
const MULTIPLY_ADDS = 357_000;
const GIGAFLOPS_AN_IMAGE = (2 * MULTIPLY_ADDS) / 1e9;

/** How much of what the machine can do is done. */
export function rooflineRows(setting) {
  return [
    ratioRow({
      what: 'transpose, 1 thread, dense, share of the SIMD roofline (GFLOP/s)',
      measured: millrace(setting, TRANSPOSE, { images: 'dense' }),
      peers: [roofline(setting, 1)],
      ...{ scale: GIGAFLOPS_AN_IMAGE, unit: '%', bar: 0.6, stretch: 0.75 },
    }),
    ratioRow({
      what: 'transpose, 2 threads, dense, share of the SIMD roofline (GFLOP/s)',
      measured: millrace(setting, TRANSPOSE, { threads: 2, images: 'dense' }),
      peers: [roofline(setting, 2)],
      ...{ scale: GIGAFLOPS_AN_IMAGE, unit: '%' },
    }),
  ];
}
