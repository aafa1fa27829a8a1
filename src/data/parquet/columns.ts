// Which columns of a Parquet file are images and labels.
import type { SchemaNode } from './metadata.js';

export interface ImageColumns {
  /** Encoded images. */
  readonly image: SchemaNode;
  /** Whole numbers. */
  readonly label?: SchemaNode;
}

const IMAGES = ['image', 'img', 'images', 'bytes', 'png'];
const LABELS = ['label', 'labels', 'fine_label', 'digit', 'class', 'y'];

/**
 * An image is `{ bytes, path }`, as Hugging Face writes it, or the bytes themselves.
 * @returns `undefined` where no column holds images
 */
export function imageColumns(columns: readonly SchemaNode[]): ImageColumns | undefined {
  const images = columns.flatMap((column) => {
    const bytes = column.children.length > 0 ? column.children.find(({ name }) => name === 'bytes') : column;
    return bytes?.type === 'BYTE_ARRAY' && !bytes.isRepeated ? [{ column, bytes }] : [];
  });
  const named = images.find(({ column }) => IMAGES.includes(column.name.toLowerCase()));
  const image = named ?? images.find(({ column }) => column.children.length > 0);
  if (image === undefined) return undefined;
  const label = LABELS.map((name) => columns.find((column) => column.name.toLowerCase() === name)).find(
    (column) => (column?.type === 'INT32' || column?.type === 'INT64') && !column.isRepeated,
  );
  return { image: image.bytes, ...(label && { label }) };
}
