// CRC-32 as in zip and Ethernet: records of W&B have it, though their format's home has CRC-32C. https://www.w3.org/TR/png-3/#D-CRCAppendix

/** 0x04c11db7, its bits turned around. */
const POLYNOMIAL = 0xedb88320;

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte;
  for (let bit = 0; bit < 8; bit++) remainder = (remainder >>> 1) ^ (remainder & 1 ? POLYNOMIAL : 0);
  return remainder;
});

/** The checksum of bytes, 0 to 2³² − 1. */
export function crc32(bytes: Uint8Array): number {
  let remainder = ~0;
  for (let at = 0; at < bytes.length; at++) remainder = (remainder >>> 8) ^ TABLE[(remainder ^ bytes[at]!) & 255]!;
  return ~remainder >>> 0;
}
