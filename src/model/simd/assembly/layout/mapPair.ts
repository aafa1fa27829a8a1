/** Two feature maps, or parts of them, of one shape, value by value; the planner writes it, in this order. */
@unmanaged
export class MapPair {
  kind: i32;
  from: usize;
  fromImageStep: i32;
  fromRowStep: i32;
  fromPixelStep: i32;
  to: usize;
  toImageStep: i32;
  toRowStep: i32;
  toPixelStep: i32;
  rows: i32;
  columns: i32;
  channels: i32;
  /** Noise: which layer it is of (`noiseLayer` of `model/layers/definition/trainingNoise.ts`). */
  layer: i32;
  /** Dropout: values with a smaller random word are dropped. */
  threshold: u32;
  /** Dropout: what the others are multiplied by; noise: its standard deviation. */
  factor: f32;
  /** Noise: parts of normal numbers (`../noise/standardNormal.ts`). */
  table: usize;
  /** Cropping's way back: memory of an image that is zero where nothing comes to. */
  clear: usize;
  clearBytes: i32;
}
