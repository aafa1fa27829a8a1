// The samples of a run of any length in bounded memory: when the bound is reached, every second one leaves.
import type { FilmFrame, Filters, Quantized, Sample, SampleImage } from './filmFrame.js';

export interface Film {
  /** The frames in the order of their steps. The first and the newest are always there. */
  readonly frames: readonly FilmFrame[];
  /** Least number of steps between two frames, the newest left out; 0 as long as all samples are kept. */
  readonly spacing: number;
  /** What the frames hold. */
  readonly bytes: number;
  /** What the sample images look like now, between two samples. */
  readonly live: FilmFrame | undefined;
  /** The newest, which may come before the sample of its step. */
  readonly filters: Filters | undefined;
}

export const emptyFilm: Film = { frames: [], spacing: 0, bytes: 0, live: undefined, filters: undefined };

/** Enough for more than a thousand samples of ten digits of MNIST with their latents. */
export const FILM_BYTES = 16 * 2 ** 20;
/** Pictures of one frame: the first and the newest always stay, and have to fit together with their latents and filters. */
export const FRAME_BYTES = 7 * 2 ** 20;

/** What an array and an object cost beside what is in them; generous. */
const ARRAY_BYTES = 200;
const FRAME_OBJECT_BYTES = 1000;

/**
 * Adds a sample. A step that is not after the last one cuts the film back to it.
 *
 * @param loss the training loss at that step
 */
export function addFrame(film: Film, sample: Sample, loss: number | undefined, budget = FILM_BYTES): Film {
  const before = cutBackFilm(film, sample.step - 1);
  const { frames, filters } = before;
  const [previous, last] = [frames.at(-2), frames.at(-1)];
  const frame: FilmFrame = {
    ...sample,
    images: shared(sample.images, last?.images ?? []),
    number: (last?.number ?? 0) + 1,
    loss,
    filters: filters?.step === sample.step ? filters : undefined,
  };
  const replaces = last !== undefined && previous !== undefined && last.step - previous.step < before.spacing;
  const kept = replaces ? frames.slice(0, -1) : frames;
  const bytes = before.bytes - (replaces ? ownBytes(last, previous) : 0) + ownBytes(frame, kept.at(-1));
  const next: Film = { ...before, frames: [...kept, frame], bytes, live: undefined };
  return thinned(next, budget);
}

/** Shows the sample images as they are between two samples; the film itself stays as it is, and the next sample takes their place. */
export function showLive(film: Film, sample: Sample, loss: number | undefined): Film {
  const last = film.frames.at(-1);
  if (last === undefined || sample.step <= last.step) return film;
  const images = shared(sample.images, (film.live ?? last).images);
  return { ...film, live: { ...sample, images, number: last.number, loss, filters: film.filters } };
}

/** Filters belong to the sample of their step, whichever of the two comes first. */
export function addFilters(film: Film, filters: Filters): Film {
  const newest = film.frames.at(-1);
  if (newest?.step !== filters.step) return { ...film, filters };
  const bytes = film.bytes + quantizedBytes(filters.levels) - quantizedBytes(newest.filters?.levels);
  return { ...film, frames: [...film.frames.slice(0, -1), { ...newest, filters }], filters, bytes };
}

/** Forgets every frame after this step. */
export function cutBackFilm(before: Film, step: number): Film {
  const film = before.live !== undefined && before.live.step > step ? { ...before, live: undefined } : before;
  const newest = film.frames.at(-1);
  if (newest === undefined || newest.step <= step) return film;
  const frames = film.frames.filter((frame) => frame.step <= step);
  return { ...film, frames, bytes: bytesOf(frames) };
}

/** Place of the last frame at or before a step, the first one for any step before it; -1 where there is none. */
export function placeAt({ frames }: Film, step: number | undefined): number {
  if (step === undefined) return frames.length - 1;
  return Math.max(
    Math.min(0, frames.length - 1),
    frames.findLastIndex((frame) => frame.step <= step),
  );
}

/** @param step `undefined` follows the newest, also between two samples */
export function frameAt(film: Film, step: number | undefined): FilmFrame | undefined {
  if (step === undefined && film.live !== undefined) return film.live;
  return film.frames[placeAt(film, step)];
}

function thinned(film: Film, budget: number): Film {
  let { frames, spacing, bytes } = film;
  while (bytes > budget && frames.length > 2) {
    spacing = 2 * Math.max(spacing, smallestGap(frames));
    frames = spaced(frames, spacing);
    bytes = bytesOf(frames);
  }
  return { ...film, frames, spacing, bytes };
}

function smallestGap(frames: readonly FilmFrame[]): number {
  return Math.min(...frames.slice(1).map((frame, place) => frame.step - frames[place]!.step));
}

/** Frames at least `spacing` steps apart, from the first on, and the newest. */
function spaced(frames: readonly FilmFrame[], spacing: number): FilmFrame[] {
  const kept: FilmFrame[] = [];
  for (const frame of frames.slice(0, -1)) {
    const last = kept.at(-1);
    if (last === undefined || frame.step - last.step >= spacing) kept.push(frame);
  }
  return [...kept, frames.at(-1)!];
}

/** What has not changed since the frame before is held once. */
function shared(images: readonly SampleImage[], before: readonly SampleImage[]): SampleImage[] {
  return images.map((image, place) => {
    const earlier = before[place];
    if (earlier === undefined) return image;
    const { input, target, reconstruction } = image;
    return {
      ...image,
      input: same(input, earlier.input),
      target: target && same(target, earlier.target),
      reconstruction: same(reconstruction, earlier.reconstruction),
    };
  });
}

function same(bytes: Uint8Array, earlier: Uint8Array | undefined): Uint8Array {
  return earlier !== undefined && isSame(bytes, earlier) ? earlier : bytes;
}

function isSame(bytes: Uint8Array, others: Uint8Array): boolean {
  if (bytes.length !== others.length) return false;
  for (let at = 0; at < bytes.length; at++) if (bytes[at] !== others[at]) return false;
  return true;
}

function bytesOf(frames: readonly FilmFrame[]): number {
  return frames.reduce((sum, frame, place) => sum + ownBytes(frame, frames[place - 1]), 0);
}

/** What a frame holds beside what it shares with the one before it. */
function ownBytes({ images, filters }: FilmFrame, before: FilmFrame | undefined): number {
  return images.reduce((sum, { input, target, reconstruction, latent }, place) => {
    const earlier = before?.images[place];
    const pictures =
      arrayBytes(input, earlier?.input) +
      arrayBytes(target, earlier?.target) +
      arrayBytes(reconstruction, earlier?.reconstruction);
    return sum + pictures + quantizedBytes(latent);
  }, FRAME_OBJECT_BYTES + quantizedBytes(filters?.levels));
}

function arrayBytes(bytes: Uint8Array | undefined, earlier?: Uint8Array): number {
  return bytes === undefined || bytes === earlier ? 0 : bytes.length + ARRAY_BYTES;
}

function quantizedBytes(levels: Quantized | undefined): number {
  return arrayBytes(levels?.values);
}
