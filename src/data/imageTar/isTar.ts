/** Bytes of a header, with which a tar archive begins. */
export const TAR_BLOCK = 512;

/** Of them, as many as have the word by which it is known. */
export const TAR_WORD_END = 262;

/** Whether its word is there: if not, no more bytes need to come. */
export function hasTarWord(start: Uint8Array): boolean {
  return String.fromCharCode(...start.subarray(TAR_WORD_END - 5, TAR_WORD_END)) === 'ustar';
}

/** Whether bytes begin as a tar archive of POSIX or GNU does: a header whose checksum is right. @see pax(1), "ustar Interchange Format" */
export function isTar(start: Uint8Array): boolean {
  if (start.length < TAR_BLOCK || !hasTarWord(start)) return false;
  let sum = 0;
  for (let at = 0; at < TAR_BLOCK; at += 1) sum += at >= 148 && at < 156 ? 0x20 : start[at]!;
  return Number.parseInt(String.fromCharCode(...start.subarray(148, 156)), 8) === sum;
}
