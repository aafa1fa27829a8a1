// CRC-32C (Castagnoli), and the mask that record files put over it, since the checksum of data that holds its own checksum says
// little. RFC 3720 appendix B.4 has test vectors; the mask is that of LevelDB and TFRecord.

/** 0x1edc6f41, its bits turned around. */
const POLYNOMIAL = 0x82f63b78;

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte;
  for (let bit = 0; bit < 8; bit++) remainder = (remainder >>> 1) ^ (remainder & 1 ? POLYNOMIAL : 0);
  return remainder;
});

/** The checksum of bytes, 0 to 2³² − 1. */
export function crc32c(bytes: Uint8Array): number {
  let remainder = ~0;
  for (let at = 0; at < bytes.length; at++) remainder = (remainder >>> 8) ^ TABLE[(remainder ^ bytes[at]!) & 255]!;
  return ~remainder >>> 0;
}

/** Of bytes, as it stands in a record. */
export function maskedCrc32c(bytes: Uint8Array): number {
  const checksum = crc32c(bytes);
  return (((checksum >>> 15) | (checksum << 17)) + 0xa282ead8) >>> 0;
}
