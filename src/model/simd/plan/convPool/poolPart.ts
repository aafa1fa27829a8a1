import type { ConvolutionGeometry } from '../convolution/convolutionGeometry.js';
import type { KeptWeights } from '../convolution/weights.js';
import type { FeatureMap } from '../memory/featureMap.js';

/** A convolution fused with the 2×2 max pooling after it. */
export interface PoolPart {
  readonly geometry: ConvolutionGeometry;
  readonly kept: KeptWeights;
  readonly layers: string;
  readonly source: FeatureMap;
  /** The pooled output. */
  readonly output: FeatureMap;
  readonly floor: number;
  /** An activation follows, on the output where it lies. */
  readonly isActivatedInPlace: boolean;
  /** The network's input: windows of zeros are skipped. */
  readonly isFirst: boolean;
  readonly hasInputGradient: boolean;
}
