const BLOCKS = [...'▁▂▃▄▅▆▇█'];

/** Numbers as a curve in one line of text, the lowest one as ▁, the highest as █; what is no number is a blank. */
export function sparkline(values: readonly number[]): string {
  const finite = values.filter(Number.isFinite);
  const low = Math.min(...finite);
  const range = Math.max(...finite) - low;
  const block = (value: number): string => {
    if (!Number.isFinite(value)) return ' ';
    return BLOCKS[range > 0 ? Math.round(((value - low) / range) * (BLOCKS.length - 1)) : 0]!;
  };
  return values.map(block).join('');
}
