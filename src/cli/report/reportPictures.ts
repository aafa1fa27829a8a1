import { type ResultFrame, resultFrames } from '../../dashboard/result.js';
import type { DashboardState } from '../../dashboard/state.js';
import { samplePng } from '../../events/samplePng.js';
import type { SampleEvent } from '../../events/schema.js';
import { encodeBase64 } from '../../text/base64.js';

/** A sample of the run as a picture. */
export interface ReportPicture {
  /** E.g. `best.png`. */
  readonly file: string;
  /** What it shows: a sentence. */
  readonly caption: string;
  /** Pixels across on a page: whole ones for each of the picture's. */
  readonly width: number;
  readonly png: Uint8Array;
}

/** So wide a picture is easy to look at, and fits beside text. */
const WIDTH = 600;

/** The first images, the best and the last ones: inputs over what the network made of them. Without drawable images there are none. */
export function reportPictures(state: DashboardState): ReportPicture[] {
  return resultFrames(state).flatMap(({ names, frame }) => {
    const [, , channels] = frame.shape;
    if (frame.images.length === 0 || (channels !== 1 && channels !== 3)) return [];
    const png = samplePng(sampleOf(frame));
    const width = new DataView(png.buffer, png.byteOffset).getUint32(16);
    return [
      {
        file: `${names.at(-1)}.png`,
        caption: `${names.join(' and ')}: epoch ${frame.epoch}, step ${frame.step}`,
        width: width * Math.max(1, Math.floor(WIDTH / width)),
        png,
      },
    ];
  });
}

function sampleOf({ shape, images }: ResultFrame['frame']): Pick<SampleEvent, 'shape' | 'items'> {
  const items = images.map(({ index, loss, input, target, reconstruction }) => ({
    ...{ index, loss, input: encodeBase64(input), reconstruction: encodeBase64(reconstruction) },
    ...(target !== undefined && { target: encodeBase64(target) }),
  }));
  return { shape: [...shape], items };
}
