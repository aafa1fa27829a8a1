// What a header promises against what is there.
import { IdxError } from '../../errors.js';
import { beginsIdx, type IdxHeader, payloadBytes } from './header.js';

/**
 * Compares the bytes after the header with the header's promise.
 * @param arrived bytes after the header, all of them
 * @param excess the first bytes of those that are too many
 * @throws IdxError `IDX_TRUNCATED`, `IDX_TRAILING`
 */
export function checkPayload(
  header: IdxHeader,
  path: string,
  arrived: number,
  excess: Uint8Array = new Uint8Array(0),
): void {
  const promised = payloadBytes(header);
  if (arrived < promised) throw truncated(header, path, arrived);
  if (arrived > promised) throw trailing(header, path, excess, counted(arrived - promised, 'more byte'));
}

/** The file ends too early. `offset` is where the first item begins that is not whole. */
export function truncated(header: IdxHeader, path: string, arrived: number): IdxError {
  const whole = Math.floor(arrived / header.itemBytes);
  return new IdxError({
    code: 'IDX_TRUNCATED',
    path,
    offset: header.headerBytes + whole * header.itemBytes,
    expected: promise(header),
    actual: `${counted(whole, 'whole item')} and ${counted(arrived - whole * header.itemBytes, 'byte')}`,
    advice: 'The file is probably a partial download; fetch it again.',
  });
}

/**
 * The file goes on after its last item. `offset` is where it should have ended.
 * @param excess the first bytes after that
 * @param actual what they are, unless they are the beginning of another file
 */
export function trailing(header: IdxHeader, path: string, excess: Uint8Array, actual = 'more bytes'): IdxError {
  const isAnother = beginsIdx(excess);
  return new IdxError({
    code: 'IDX_TRAILING',
    path,
    offset: header.headerBytes + payloadBytes(header),
    expected: `the end of the file after ${promise(header)}`,
    actual: isAnother ? 'another IDX file' : actual,
    advice: isAnother
      ? 'Two files were put together: give one of them alone.'
      : 'The header or the data is damaged; fetch the file again.',
  });
}

function promise({ itemCount, itemBytes }: IdxHeader): string {
  return `${counted(itemCount, 'item')} of ${counted(itemBytes, 'byte')}`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
