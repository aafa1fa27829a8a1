// A layer's values in memory: NHWC, channels padded to whole vectors, zeros around it as far as the convolutions reach.
import type { LayerShape } from '../../../layers/definition/layerShape.js';

export interface Border {
  readonly before: number;
  readonly after: number;
}

export interface FeatureMap {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  /** Steps in bytes. */
  readonly pixelStep: number;
  readonly rowStep: number;
  readonly imageStep: number;
  /** Pixel (0, 0) of the first image, for each thread. */
  readonly values: readonly number[];
  /** The gradient, laid out as the values; none of the network's input. */
  readonly gradient: readonly number[];
  /** The layer before reads zeros around the gradient. */
  readonly hasGradientBorder: boolean;
  /** From pixel (0, 0) back to where an image's memory begins. */
  readonly lead: number;
}

/** How channels lie: `packed` without gaps, `padded` to whole vectors. */
export type Packing = 'packed' | 'padded';

export interface MapOptions {
  readonly shape: LayerShape;
  readonly packing: Packing;
  readonly rows: Border;
  readonly columns: Border;
  /** `Workspace.perImage`. */
  readonly reserve: (bytes: number, before: number) => readonly number[];
  readonly hasGradient: boolean;
  readonly hasGradientBorder: boolean;
}

export function reserveMap(options: MapOptions): FeatureMap {
  const { rows, columns, packing } = options;
  const [height, width, channels] = imageShape(options.shape);
  const pixelStep = 4 * (packing === 'packed' ? channels : Math.ceil(channels / 4) * 4);
  const rowBytes = (columns.before + width + columns.after) * pixelStep;
  // Vectors may reach past the end of a bordered row of one channel, but not into the next row's values.
  const rowStep = pixelStep === 4 && rowBytes > width * 4 ? Math.ceil(rowBytes / 16) * 16 : rowBytes;
  // The slack keeps vectors that reach past a row's or an image's end in zeros.
  const imageStep = Math.ceil(((rows.before + height + rows.after) * rowStep + 16) / 16) * 16;
  const lead = rows.before * rowStep + columns.before * pixelStep;
  const reserveAll = () => options.reserve(imageStep, Math.ceil(lead / 16) * 16);
  return {
    height,
    width,
    channels,
    pixelStep,
    rowStep,
    imageStep,
    lead,
    values: reserveAll(),
    gradient: options.hasGradient ? reserveAll() : [],
    hasGradientBorder: options.hasGradientBorder,
  };
}

/** A flat shape is one pixel of many channels. */
export function imageShape(shape: LayerShape): readonly [height: number, width: number, channels: number] {
  const [height, width, channels] = shape as readonly [number, number, number];
  return shape.length === 1 ? [1, 1, height] : [height, width, channels];
}

/** Bytes of an image's values. */
export function mapBytes({ height, width, pixelStep }: FeatureMap): number {
  return height * width * pixelStep;
}

/** A byte for each pixel of a feature map: 0 where it is that of an empty window. */
export interface NonZeroWindows {
  /** Pixel (0, 0) of the first image, for each thread. */
  readonly bytes: readonly number[];
  readonly rowStep: number;
  readonly imageStep: number;
}
