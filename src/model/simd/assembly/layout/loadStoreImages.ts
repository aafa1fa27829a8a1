// Whole images (rows of `height` × `width` × `channels` values, without gaps) into a feature map and out of it. Bytes become
// 255ths, rounded as a quotient is. Lanes: values side by side.
import { JOB, Job } from '../job';
import { Images } from './images';

export function loadImages(operation: usize, fromImage: i32, toImage: i32, first: i32): void {
  const o = changetype<Images>(operation);
  const job = changetype<Job>(JOB);
  let kind = o.role == 0 ? 2 : o.role == 1 ? job.inputKind : job.targetKind;
  let source = o.images;
  if (kind == 0) {
    kind = job.inputKind;
    source = o.inputs;
  }
  const valueBytes = kind == 1 ? 1 : 4;
  const isPacked = o.mapPixelStep == o.channels << 2;
  // Without gaps between pixels a row is one piece, and without gaps between rows an image.
  const isWhole = isPacked && o.mapRowStep == o.width * o.mapPixelStep;
  const rows = isWhole ? 1 : o.height;
  const length = (isWhole ? o.height : 1) * o.width * o.channels;
  let p = source + (first + fromImage) * (o.height * o.width * o.channels * valueBytes);
  for (let image = fromImage; image < toImage; image++) {
    for (let row = 0; row < rows; row++) {
      const to = o.map + image * o.mapImageStep + row * o.mapRowStep;
      if (!isPacked) loadPixels(o, p, to, kind == 1);
      else if (kind == 1) bytesToFloats(p, to, length);
      else copyFloats(p, to, length);
      p += length * valueBytes;
    }
  }
}

/** A row of pixels that are padded to whole vectors. The last vector is read as a whole, into what follows, and masked. */
function loadPixels(o: Images, from: usize, to: usize, areBytes: bool): void {
  const rest = o.channels & 3;
  const mask = rest == 0 ? i32x4.splat(-1) : i32x4.gt_s(i32x4.splat(rest), i32x4(0, 1, 2, 3));
  const end = to + o.width * o.mapPixelStep;
  const step = o.mapPixelStep;
  const valueShift = areBytes ? 0 : 2;
  do {
    const last = to + step - 16;
    let q = from;
    for (; to != last; to += 16, q += 4 << valueShift) v128.store(to, areBytes ? loadBytes(q) : loadFloats(q));
    v128.store(to, v128.and(areBytes ? loadBytes(q) : loadFloats(q), mask));
    to += 16;
    from += o.channels << valueShift;
  } while (to != end);
}

@inline
function loadBytes(from: usize): v128 {
  const integers = i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(from)));
  return in255ths(f32x4.convert_i32x4_s(integers));
}

/** Denormal numbers become zero: products with them take many times as long. NaN stays. */
@inline
function loadFloats(from: usize): v128 {
  const values = v128.load(from);
  return v128.andnot(values, f32x4.lt(f32x4.abs(values), f32x4.splat(1.17549435e-38)));
}

@inline
function copyFloats(from: usize, to: usize, length: i32): void {
  const end = from + (length << 2);
  for (; from + 16 <= end; from += 16, to += 16) v128.store(to, loadFloats(from));
  for (; from < end; from += 4, to += 4) {
    const value = load<f32>(from);
    store<f32>(to, abs(value) < <f32>1.17549435e-38 ? 0 : value);
  }
}

@inline
function bytesToFloats(from: usize, to: usize, length: i32): void {
  const end = from + length;
  for (; from + 4 <= end; from += 4, to += 16) v128.store(to, loadBytes(from));
  for (; from < end; from++, to += 4) store<f32>(to, <f32>load<u8>(from) / 255);
}

/**
 * A product with 1/255 alone rounds otherwise than the quotient for half of all bytes. The sum of products with a part whose
 * low bits are zero, which is exact, and with the rest rounds as the quotient for every byte.
 */
@inline
function in255ths(bytes: v128): v128 {
  // 257 / 65,536, and what is left of 1 / 255.
  return f32x4.add(f32x4.mul(bytes, f32x4.splat(0.0039215087890625)), f32x4.mul(bytes, f32x4.splat(5.983839201917363e-8)));
}

export function storeImages(operation: usize, fromImage: i32, toImage: i32, first: i32): void {
  const o = changetype<Images>(operation);
  const isPacked = o.mapPixelStep == o.channels << 2;
  const pieces = isPacked ? 1 : o.width;
  const bytes = (isPacked ? o.width * o.channels : o.channels) << 2;
  let p = o.images + (first + fromImage) * ((o.height * o.width * o.channels) << 2);
  for (let image = fromImage; image < toImage; image++) {
    for (let row = 0; row < o.height; row++) {
      for (let piece = 0; piece < pieces; piece++) {
        memory.copy(p, o.map + image * o.mapImageStep + row * o.mapRowStep + piece * o.mapPixelStep, bytes);
        p += bytes;
      }
    }
  }
}
