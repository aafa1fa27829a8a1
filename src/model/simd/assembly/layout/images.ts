/** Where whole images lie, rows of `height` × `width` × `channels` values without gaps, and where their feature map does. */
@unmanaged
export class Images {
  kind: i32;
  /** Where the images of a job lie. */
  images: usize;
  /** 0: always floats; 1: as the job's input is; 2: as the job's target is. */
  role: i32;
  /** Where the input's images lie, which are the target when the job has no other. */
  inputs: usize;
  height: i32;
  width: i32;
  channels: i32;
  map: usize;
  mapImageStep: i32;
  mapRowStep: i32;
  mapPixelStep: i32;
}
