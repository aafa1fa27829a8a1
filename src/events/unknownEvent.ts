// Events of types that are not ours: of a newer version, of another program. Readers keep them as they are.
import * as z from 'zod';
import { common, type MillraceEvent } from './schema.js';

declare const ofAnotherVocabulary: unique symbol;

/** An event of a type that this version does not know, with all its fields. The common ones are what they are elsewhere, where they are there. */
export interface UnknownEvent extends Partial<Readonly<z.output<typeof commonFields>>> {
  readonly type: string;
  readonly [field: string]: unknown;
  /** In types only: otherwise every known event would pass for one. */
  readonly [ofAnotherVocabulary]: true;
}

/** What a reader may come across. */
export type AnyEvent = MillraceEvent | UnknownEvent;

const commonFields = z.object(common);
const partOfThem = commonFields.partial();

/** The common field that is not what it has to be. */
export function wrongCommonField(event: object): string | undefined {
  const result = partOfThem.safeParse(event);
  return result.success ? undefined : String(result.error.issues[0]?.path[0] ?? '');
}
