import type { Source } from '../../data/source.js';
import { OptionError } from '../../errors.js';
import { shapeSize } from '../../model/layers/definition/layerShape.js';
import type { LatentBatch } from '../latentBatch.js';
import type { Model } from '../model.js';

/** Latents that are made when they are asked for. */
export interface MadeLatents {
  readonly items: number;
  /** Items of a batch. */
  readonly size: number;
  /** Writes the latents of an item. */
  readonly write: (item: number, latents: Float32Array) => void;
}

/** A source of them, which can be opened any number of times. */
export function latentSource({ latentShape }: Model, { items, size, write }: MadeLatents): Source<LatentBatch> {
  const values = shapeSize(latentShape);
  return {
    open() {
      let next = 0;
      return {
        next() {
          if (next >= items) return { done: true, value: undefined };
          const length = Math.min(size, items - next);
          const latents = new Float32Array(length * values);
          for (let at = 0; at < length; at++) write(next + at, latents.subarray(at * values, (at + 1) * values));
          next += length;
          return { done: false, value: { latents, latentShape, length } };
        },
        close() {
          next = items;
        },
      };
    },
  };
}

/** @throws OptionError */
export function requireCount(option: string, value: unknown, least: number): void {
  if (!(typeof value === 'number' && Number.isSafeInteger(value) && value >= least))
    throw new OptionError(option, value, `a whole number, ${least} or more`);
}
