// Options as callers give them: JavaScript, and objects that are spread, bring names that the types would refuse.
import { OptionError } from './errors.js';
import { didYouMean } from './text/didYouMean.js';

/** The names of all options of a type; the compiler finds one that is missing, and one that is too many. */
export type OptionNames<Options extends object> = Readonly<Record<keyof Options, true>>;

/** @throws OptionError where options are no object, or one of them does not exist: passed over, it would change what is asked for */
export function requireKnownOptions<Options extends object>(options: Options, names: OptionNames<Options>): void {
  if (typeof options !== 'object' || options === null)
    throw new OptionError('options', options, 'an object of options');
  for (const [option, value] of Object.entries(options))
    if (value !== undefined && !Object.hasOwn(names, option)) throw unknownOption(option, Object.keys(names));
}

/**
 * For what is more than options, such as the definition of an engine: an instance of a class may have state of its own.
 * @throws OptionError as `requireKnownOptions`
 */
export function requireKnownParts<Parts extends object>(parts: Parts, names: OptionNames<Parts>): void {
  if (!isInstance(parts)) requireKnownOptions(parts, names);
}

function isInstance(value: unknown): boolean {
  const prototype: unknown = Object.getPrototypeOf(Object(value));
  return prototype !== null && prototype !== Object.prototype;
}

/** An option that does not exist. */
export function unknownOption(option: string, names: readonly string[]): OptionError {
  return new OptionError(
    option,
    undefined,
    undefined,
    didYouMean(option, names, `Leave it out, or take ${oneOf(names)}.`),
  );
}

/** A value that is none of those that there are. */
export function wrongChoice(option: string, value: unknown, choices: readonly string[]): OptionError {
  return new OptionError(option, value, oneOf(choices), didYouMean(value, choices, `Give ${option} another value.`));
}

function oneOf(names: readonly string[]): string {
  return names.length === 1 ? names[0]! : `one of ${names.join(', ')}`;
}
