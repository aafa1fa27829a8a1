/** Where in a text, as editors count: `line 3, column 7`. @param index UTF-16 units before the place */
export function lineAndColumn(text: string, index: number): string {
  const before = text.slice(0, index);
  const lineStart = before.lastIndexOf('\n') + 1;
  const line = before.split('\n').length;
  return `line ${line}, column ${index - lineStart + 1}`;
}
