import type { RgbImage } from '../charts/images/rgb.js';

/** One row of cells in its place on the screen; `row` and `column` count from 0. */
export interface Patch {
  readonly row: number;
  readonly column: number;
  readonly columns: number;
  readonly text: string;
  /** Lies over the cells from here on, `columns` wide, where the terminal shows pictures. */
  readonly picture?: Picture;
}

export interface Picture {
  readonly image: RgbImage;
  /** Cells down. */
  readonly rows: number;
}

/** A picture in its place on a canvas. */
export interface PlacedPicture extends Picture {
  readonly row: number;
  readonly column: number;
  readonly columns: number;
}
