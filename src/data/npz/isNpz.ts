const LOCAL_HEADER = Uint8Array.of(0x50, 0x4b, 0x03, 0x04);
const NAME_OFFSET = 30;

/** A pipe is not waited for where it differs. */
export const FIRST_BYTE = LOCAL_HEADER[0];

/** The longest beginning that is looked at: that of a zip archive up to the name of its first member. */
export const LOOKED_AT = NAME_OFFSET + 256;

/** Whether bytes begin as a zip archive does. */
export function isZip(start: Uint8Array): boolean {
  return LOCAL_HEADER.every((byte, at) => start[at] === byte);
}

/** Whether bytes begin as a zip archive of arrays does: its first member is an .npy file. */
export function isNpz(start: Uint8Array): boolean {
  if (!isZip(start) || start.length < NAME_OFFSET) return false;
  const length = start[26]! + 256 * start[27]!;
  return new TextDecoder('latin1').decode(start.subarray(NAME_OFFSET, NAME_OFFSET + length)).endsWith('.npy');
}
