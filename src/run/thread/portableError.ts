// Errors on their way through a message port, where classes and their fields are lost.
import * as errors from '../../errors.js';

/** An error in a form that can be posted. */
export interface PortableError {
  readonly code: string;
  readonly message: string;
  readonly option?: string;
  /** What it takes to make the error again. */
  readonly original: ErrorFields;
}

interface ErrorFields {
  readonly name: string;
  readonly message: string;
  readonly stack?: string | undefined;
  readonly cause?: ErrorFields;
  /** `code`, `path` and the like, where it is one of ours. */
  readonly details?: errors.ErrorDetails;
}

/** An error in that form; one that is not ours keeps its stack for the report. */
export function toPortable(error: unknown): PortableError {
  const original = fieldsOf(error);
  if (!isOurs(error)) return { code: 'UNEXPECTED', message: original.stack ?? original.message, original };
  const { code, message } = error;
  const option = 'option' in error && typeof error.option === 'string' ? { option: error.option } : {};
  return { code, message, ...option, original };
}

/** The error again: of its class, where that is one of ours, with its fields. */
export function fromPortable({ original }: PortableError): Error {
  return made(original);
}

/** Also of another copy of Millrace, such as one in a bundle. */
function isOurs(error: unknown): error is errors.MillraceError {
  return error instanceof Error && 'advice' in error && 'code' in error && typeof error.code === 'string';
}

function fieldsOf(error: unknown): ErrorFields {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error) };
  const { name, message, stack, cause } = error;
  return {
    ...{ name, message, stack },
    ...(cause instanceof Error && { cause: fieldsOf(cause) }),
    ...(isOurs(error) && { details: plainFieldsOf(error) }),
  };
}

function plainFieldsOf(error: errors.MillraceError): errors.ErrorDetails {
  const plain = Object.entries(error).filter(([, value]) => ['string', 'number'].includes(typeof value));
  return Object.fromEntries(plain) as unknown as errors.ErrorDetails;
}

function made({ name, message, stack, cause, details }: ErrorFields): Error {
  const error = details ? new errors.MillraceError(details) : new Error(message);
  Object.setPrototypeOf(error, classOf(name, details !== undefined).prototype);
  const set = { name, message, stack, ...(cause && { cause: made(cause) }) };
  for (const [field, value] of Object.entries(set))
    Object.defineProperty(error, field, { value, configurable: true, writable: true });
  return Object.assign(error, details);
}

function classOf(name: string, isOurs: boolean): new (...args: never[]) => Error {
  if (isOurs) return ((errors as Record<string, unknown>)[name] as typeof errors.MillraceError) ?? errors.MillraceError;
  const NATIVE = { EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError } as Record<
    string,
    typeof Error
  >;
  return NATIVE[name] ?? Error;
}
