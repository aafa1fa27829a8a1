// Which columns of a Parquet file are images and labels.

/** What the file says of a column; a group has children, which follow it. */
export interface SchemaElement {
  readonly name: string;
  readonly type?: string | undefined;
  readonly num_children?: number | undefined;
}

export interface ImageColumns {
  /** The column's name; each value is `{ bytes, path }`, as Hugging Face writes it, or the bytes themselves. */
  readonly image: string;
  readonly label?: string;
}

const IMAGES = ['image', 'img', 'images', 'bytes', 'png'];
const LABELS = ['label', 'labels', 'fine_label', 'digit', 'class', 'y'];

/** @returns `undefined` where no column holds images */
export function imageColumns(schema: readonly SchemaElement[]): ImageColumns | undefined {
  const columns = topLevel(schema);
  const images = columns.filter(({ element, children }) =>
    children.length > 0 ? children.some(({ name }) => name === 'bytes') : element.type === 'BYTE_ARRAY',
  );
  const named = images.find(({ element }) => IMAGES.includes(element.name.toLowerCase()));
  const image = named ?? images.find(({ children }) => children.length > 0);
  if (image === undefined) return undefined;
  const label = LABELS.map((name) => columns.find(({ element }) => element.name.toLowerCase() === name)).find(
    (column) => column !== undefined && /^INT(32|64)$/.test(column.element.type ?? ''),
  );
  return { image: image.element.name, ...(label && { label: label.element.name }) };
}

function topLevel([root, ...elements]: readonly SchemaElement[]) {
  const columns: { element: SchemaElement; children: SchemaElement[] }[] = [];
  let at = 0;
  const skip = (): SchemaElement[] => {
    const element = elements[at++];
    if (element === undefined) return [];
    const below = Array.from({ length: Math.min(element.num_children ?? 0, elements.length) }, skip);
    return [element, ...below.flat()];
  };
  for (let column = 0; column < Math.min(root?.num_children ?? 0, elements.length); column++) {
    const [element, ...children] = skip();
    if (element !== undefined) columns.push({ element, children });
  }
  return columns;
}
