// Winograd's minimal filtering F(4×4, 3×3): the 16 outputs of a tile come from 36 products of a transformed patch of 6×6 pixels and
// transformed weights instead of 144. A tile is seen as polynomials whose product is taken at the points 0, ±√½, ±√2 and infinity:
// their squares are each other's inverse, so that no transform makes numbers large; the rounding is 2.6 times that of direct sums
// (0, ±1, ±2, as often used: 5.7 times). Lanes: channels.
// @see Lavin and Gray, "Fast Algorithms for Convolutional Neural Networks", 2015, https://arxiv.org/abs/1509.09308
import { multiplyAdd, subtractProduct } from '../vectors';

/** √½, √2, ½, 2, 2.5, 4: `../kernelConstants.ts`. */
const CONSTANTS: usize = 768;
/** From one column, or row, between the halves of a transform to the next: six vectors. */
const COLUMN: i32 = 96;

@inline
function constant(index: usize): v128 {
  return v128.load_splat<f32>(CONSTANTS + (index << 2));
}

/** All bits set where there is a row. */
@inline
function only(isThere: bool): v128 {
  return i32x4.splat(-(<i32>isThere));
}

/**
 * Writes Bᵀ d B of a row of patches, four pixels apart: 36 vectors of each that lie `placeStep` apart. Their columns, of which two
 * patches share two, are transformed once.
 * @param rows and `columns`: how much there is of the patches; the rest counts as zeros @param tileStep from one patch's vectors to the next one's
 */
export function transformPatches(
  pixels: usize, rowStep: i32, columnStep: i32, rows: i32, columns: i32, between: usize, to: usize, placeStep: i32, tileStep: i32,
): void {
  if (rows < 6) patchColumns(pixels, rowStep, columnStep, rows, columns, between, true);
  else patchColumns(pixels, rowStep, columnStep, rows, columns, between, false);
  const tiles = (columns + 1) >> 2;
  const filled = columns * COLUMN, needed = (4 * tiles + 2) * COLUMN;
  if (filled < needed) memory.fill(between + filled, 0, needed - filled);
  patchRows(between, tiles, to, placeStep, tileStep);
}

function patchColumns(pixels: usize, rowStep: i32, columnStep: i32, rows: i32, columns: i32, between: usize, isCut: bool): void {
  const root = constant(0), twice = constant(1), half = constant(2), two = constant(3), most = constant(4);
  let p = pixels;
  let t = between;
  const end = between + columns * COLUMN;
  do {
    const d0 = v128.load(p), d1 = v128.load(p + rowStep), d2 = v128.load(p + 2 * rowStep);
    let d3 = v128.load(p + 3 * rowStep), d4 = v128.load(p + 4 * rowStep), d5 = v128.load(p + 5 * rowStep);
    if (isCut) {
      d3 = v128.and(d3, only(rows > 3));
      d4 = v128.and(d4, only(rows > 4));
      d5 = v128.and(d5, only(rows > 5));
    }
    v128.store(t, subtractProduct(d2, most, f32x4.add(d0, d4)));
    v128.store(t, subtractProduct(d3, most, f32x4.add(d1, d5)), 80);
    const even = subtractProduct(d2, two, d4), odd = f32x4.mul(subtractProduct(d1, two, d3), root);
    v128.store(t, f32x4.add(even, odd), 16);
    v128.store(t, f32x4.sub(even, odd), 32);
    const evens = subtractProduct(d2, half, d4), odds = f32x4.mul(subtractProduct(d1, half, d3), twice);
    v128.store(t, f32x4.add(evens, odds), 48);
    v128.store(t, f32x4.sub(evens, odds), 64);
    p += columnStep;
    t += COLUMN;
  } while (t != end);
}

function patchRows(between: usize, tiles: i32, to: usize, placeStep: i32, tileStep: i32): void {
  const root = constant(0), twice = constant(1), half = constant(2), two = constant(3), most = constant(4);
  let t = between;
  const tilesEnd = between + tiles * 4 * COLUMN;
  do {
    let q = to;
    const end = t + COLUMN;
    do {
      const d0 = v128.load(t), d1 = v128.load(t, COLUMN), d2 = v128.load(t, 2 * COLUMN);
      const d3 = v128.load(t, 3 * COLUMN), d4 = v128.load(t, 4 * COLUMN), d5 = v128.load(t, 5 * COLUMN);
      v128.store(q, subtractProduct(d2, most, f32x4.add(d0, d4)));
      const even = subtractProduct(d2, two, d4), odd = f32x4.mul(subtractProduct(d1, two, d3), root);
      q += placeStep;
      v128.store(q, f32x4.add(even, odd));
      q += placeStep;
      v128.store(q, f32x4.sub(even, odd));
      const evens = subtractProduct(d2, half, d4), odds = f32x4.mul(subtractProduct(d1, half, d3), twice);
      q += placeStep;
      v128.store(q, f32x4.add(evens, odds));
      q += placeStep;
      v128.store(q, f32x4.sub(evens, odds));
      q += placeStep;
      v128.store(q, subtractProduct(d3, most, f32x4.add(d1, d5)));
      q += placeStep;
      t += 16;
    } while (t != end);
    t += 3 * COLUMN;
    to += tileStep;
  } while (t != tilesEnd);
}

/** Writes A y Aᵀ of a row of tiles of an output's gradient, as `transformPatches`. @param rows and `columns`: how much there is of the tiles */
export function transformGradients(
  pixels: usize, rowStep: i32, columnStep: i32, rows: i32, columns: i32, between: usize, to: usize, placeStep: i32, tileStep: i32,
): void {
  const root = constant(0), twice = constant(1), half = constant(2), two = constant(3);
  const mask1 = only(rows > 1), mask2 = only(rows > 2), mask3 = only(rows > 3);
  let p = pixels;
  let t = between;
  const columnsEnd = between + columns * COLUMN;
  do {
    const y0 = v128.load(p), y1 = v128.and(v128.load(p + rowStep), mask1);
    const y2 = v128.and(v128.load(p + 2 * rowStep), mask2), y3 = v128.and(v128.load(p + 3 * rowStep), mask3);
    v128.store(t, y0);
    const even = multiplyAdd(y2, half, y0), odd = f32x4.mul(multiplyAdd(y3, half, y1), root);
    v128.store(t, f32x4.add(even, odd), 16);
    v128.store(t, f32x4.sub(even, odd), 32);
    const evens = multiplyAdd(y2, two, y0), odds = f32x4.mul(multiplyAdd(y3, two, y1), twice);
    v128.store(t, f32x4.add(evens, odds), 48);
    v128.store(t, f32x4.sub(evens, odds), 64);
    v128.store(t, y3, 80);
    p += columnStep;
    t += COLUMN;
  } while (t != columnsEnd);
  const tilesEnd = between + ((columns + 3) >> 2) * 4 * COLUMN;
  if (t != tilesEnd) memory.fill(t, 0, tilesEnd - t);
  t = between;
  do {
    let q = to;
    const end = t + COLUMN;
    do {
      const y0 = v128.load(t), y1 = v128.load(t, COLUMN), y2 = v128.load(t, 2 * COLUMN), y3 = v128.load(t, 3 * COLUMN);
      v128.store(q, y0);
      const even = multiplyAdd(y2, half, y0), odd = f32x4.mul(multiplyAdd(y3, half, y1), root);
      q += placeStep;
      v128.store(q, f32x4.add(even, odd));
      q += placeStep;
      v128.store(q, f32x4.sub(even, odd));
      const evens = multiplyAdd(y2, two, y0), odds = f32x4.mul(multiplyAdd(y3, two, y1), twice);
      q += placeStep;
      v128.store(q, f32x4.add(evens, odds));
      q += placeStep;
      v128.store(q, f32x4.sub(evens, odds));
      q += placeStep;
      v128.store(q, y3);
      q += placeStep;
      t += 16;
    } while (t != end);
    t += 3 * COLUMN;
    to += tileStep;
  } while (t != tilesEnd);
}

/**
 * Writes Aᵀ M A, the outputs of a row of tiles, plus `bias` and not below `floor`.
 * @param rows and `columns`: how much there is of the tiles
 * @returns a sum that is not finite if anything is not: the first and the last output of a row have all products in them
 */
export function transformProducts(
  products: usize, placeStep: i32, tileStep: i32, between: usize,
  pixels: usize, rowStep: i32, columnStep: i32, rows: i32, columns: i32, bias: v128, floor: v128,
): v128 {
  const root = constant(0), half = constant(2), four = constant(5);
  const row = 6 * placeStep;
  let total = f32x4.splat(0);
  do {
    let from = products;
    let t = between;
    let end = between + COLUMN;
    do {
      let q = from + row;
      let x = v128.load(q);
      q += row;
      let y = v128.load(q);
      const sum = f32x4.add(x, y), difference = f32x4.sub(x, y);
      q += row;
      x = v128.load(q);
      q += row;
      y = v128.load(q);
      const sums = f32x4.add(x, y), differences = f32x4.sub(x, y);
      v128.store(t, f32x4.add(v128.load(from), f32x4.add(sum, sums)));
      v128.store(t, f32x4.mul(root, f32x4.add(difference, f32x4.add(differences, differences))), COLUMN);
      v128.store(t, multiplyAdd(sum, half, f32x4.add(sums, sums)), 2 * COLUMN);
      const cubes = multiplyAdd(differences, four, f32x4.mul(difference, half));
      v128.store(t, multiplyAdd(cubes, root, v128.load(q + row)), 3 * COLUMN);
      from += placeStep;
      t += 16;
    } while (t != end);
    t = between;
    end = t + rows * COLUMN;
    let to = pixels;
    do {
      const m1 = v128.load(t, 16), m2 = v128.load(t, 32), m3 = v128.load(t, 48), m4 = v128.load(t, 64);
      const sum = f32x4.add(m1, m2), difference = f32x4.sub(m1, m2);
      const sums = f32x4.add(m3, m4), differences = f32x4.sub(m3, m4);
      const cubes = multiplyAdd(differences, four, f32x4.mul(difference, half));
      const first = f32x4.add(v128.load(t), f32x4.add(sum, sums));
      const last = multiplyAdd(cubes, root, v128.load(t, 80));
      total = f32x4.add(total, f32x4.add(first, last));
      v128.store(to, f32x4.pmax(f32x4.add(first, bias), floor));
      if (columns > 1) {
        const second = f32x4.mul(root, f32x4.add(difference, f32x4.add(differences, differences)));
        v128.store(to + columnStep, f32x4.pmax(f32x4.add(second, bias), floor));
      }
      if (columns > 2) {
        const third = multiplyAdd(sum, half, f32x4.add(sums, sums));
        v128.store(to + 2 * columnStep, f32x4.pmax(f32x4.add(third, bias), floor));
      }
      if (columns > 3) v128.store(to + 3 * columnStep, f32x4.pmax(f32x4.add(last, bias), floor));
      to += rowStep;
      t += COLUMN;
    } while (t != end);
    products += tileStep;
    pixels += columnStep << 2;
    columns -= 4;
  } while (columns > 0);
  return total;
}
