/** In cells. */
export interface Size {
  readonly columns: number;
  readonly rows: number;
}
