// The examples in docstrings, found by the name of what is exported.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Something that an entry of the package exports, with the file that it comes from. */
export interface Exported {
  readonly name: string;
  readonly path: string;
  /** The code of its `@example`. */
  readonly example: string | undefined;
}

/** The values, not the types, that an entry exports by name. */
export function exportsOf(entry: string): Exported[] {
  const found = readFileSync(entry, 'utf8').matchAll(/^export \{([^}]*)\} from '([^']+)';/gm);
  return [...found].flatMap(([, names = '', from = '']) => {
    const path = join(entry, '..', from.replace(/\.js$/, '.ts'));
    return names
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '' && !name.startsWith('type '))
      .map((name) => ({ name, path, example: exampleOf(name, readFileSync(path, 'utf8')) }));
  });
}

/** The docstring that stands before the first declaration of that name. */
function exampleOf(name: string, source: string): string | undefined {
  const declaration = new RegExp(`^export (?:async )?(?:function|class|const) ${name}\\b`, 'm').exec(source);
  const before = source.slice(0, declaration?.index ?? 0).trimEnd();
  if (!before.endsWith('*/')) return undefined;
  const lines = before
    .slice(before.lastIndexOf('/**'))
    .split('\n')
    .slice(1, -1)
    .map((line) => line.replace(/^ \* ?/, ''));
  const start = lines.indexOf('@example');
  if (start === -1) return undefined;
  const rest = lines.slice(start + 1);
  const end = rest.findIndex((line) => line.startsWith('@'));
  return (end === -1 ? rest : rest.slice(0, end)).join('\n').trim();
}
