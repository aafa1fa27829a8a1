// What the entries of the package export, read from their source.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Every entry: the name by which it is imported, and its file. */
export const ENTRIES: Readonly<Record<string, string>> = {
  millrace: 'src/exports/index.ts',
  'millrace/streams': 'src/exports/streams.ts',
  'millrace/model': 'src/exports/model.ts',
  'millrace/events': 'src/exports/events.ts',
  'millrace/tui': 'src/exports/tui.ts',
  'millrace/web': 'src/exports/web.ts',
  'millrace/testing': 'src/exports/testing.ts',
};

/** A value that an entry exports, with the file that it comes from. */
export interface Exported {
  readonly name: string;
  readonly path: string;
  /** From its name to its body; of a class up to its end, so that a constructor is in it. */
  readonly declaration: string;
  /** The docstring before its declaration; empty where there is none. */
  readonly docstring: string;
}

/** The values, not the types, that an entry exports by name. */
export function exportsOf(entry: string): Exported[] {
  const found = readFileSync(entry, 'utf8').matchAll(/^export \{([^}]*)\} from '([^']+)';/gm);
  return [...found].flatMap(([, names = '', from = '']) => {
    const path = sourceOf(join(entry, '..', from));
    const source = readFileSync(path, 'utf8');
    return names
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '' && !name.startsWith('type '))
      .map((name) => ({ name, path, ...declarationOf(name, source) }));
  });
}

function sourceOf(path: string): string {
  const typescript = path.replace(/\.js$/, '.ts');
  return existsSync(typescript) ? typescript : `${typescript}x`;
}

/** The first declaration of that name: of overloads, that with the docstring. */
function declarationOf(name: string, source: string): Pick<Exported, 'declaration' | 'docstring'> {
  const start = new RegExp(`^export (?:async )?(?:function|class|const) ${name}\\b`, 'm').exec(source)?.index ?? 0;
  const after = source.slice(start);
  const end = after.startsWith('export class') ? /^}$/m : /[{;]$/m;
  const before = source.slice(0, start).trimEnd();
  return {
    declaration: after.slice(0, end.exec(after)?.index),
    docstring: before.endsWith('*/') ? before.slice(before.lastIndexOf('/**')) : '',
  };
}
