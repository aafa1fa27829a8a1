// From here to the end of a shard, losses are not summed in the shard's place but in that of an image, which begins with zeros.
import { sumLossesAt } from '../shard';

@unmanaged
class ImageLosses {
  kind: i32;
  /** Where those of the job's first image lie. */
  losses: usize;
  /** Of one image. */
  bytes: i32;
}

export function beginImageLosses(operation: usize, image: i32, first: i32): void {
  const o = changetype<ImageLosses>(operation);
  const place = o.losses + (first + image) * o.bytes;
  memory.fill(place, 0, o.bytes);
  sumLossesAt(place);
}
