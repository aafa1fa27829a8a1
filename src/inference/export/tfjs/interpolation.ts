import type { Tensor } from '../../../model/engine.js';

/**
 * What each of the coarse pixels of a line gives to each of the fine ones, `[side, side × size]`: the nearest one all, or both neighbours their
 * share. Centers of fine pixels lie at
 * (i + ½) / size − ½; beyond the border the outermost pixel alone counts.
 */
export function interpolation(side: number, size: number, isNearest: boolean): Tensor {
  const fine = side * size;
  const data = new Float32Array(side * fine);
  for (let to = 0; to < fine; to++) {
    const place = isNearest ? Math.floor(to / size) : Math.max(0, (to + 0.5) / size - 0.5);
    const before = Math.floor(place);
    data[before * fine + to]! += 1 - (place - before);
    data[Math.min(before + 1, side - 1) * fine + to]! += place - before;
  }
  return { shape: [side, fine], data };
}
