/** Which part of a data set a file is by its name, as Hugging Face names them: `train-00000-of-00001.parquet`, `test-…`, `validation-…`. */
export function partOfName(name: string): 'train' | 'test' | 'validation' {
  const [word = ''] = /^[a-z]+/i.exec(name) ?? [];
  if (/^test$/i.test(word)) return 'test';
  return /^(val|valid|validation|dev)$/i.test(word) ? 'validation' : 'train';
}
