/** Words in lines of at most so many cells; a longer word is cut into pieces. */
export function wrapped(text: string, columns: number): string[] {
  const width = Math.max(1, columns);
  const lines: string[] = [];
  for (const word of text.split(' ').flatMap((whole) => piecesOf(whole, width))) {
    const longer = lines.length === 0 ? word : `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && longer.length <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

function piecesOf(word: string, width: number): string[] {
  const pieces = Array.from({ length: Math.ceil(word.length / width) }, (_, piece) =>
    word.slice(piece * width, (piece + 1) * width),
  );
  return pieces.length === 0 ? [''] : pieces;
}
