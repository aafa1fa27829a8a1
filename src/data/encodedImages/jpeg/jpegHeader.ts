/** What the frame header of a JPEG says. */
export interface JpegHeader {
  readonly height: number;
  readonly width: number;
  /** 1 for grey. */
  readonly components: number;
}

/** Reads the markers of a JPEG up to its frame header (SOF); `undefined` where there is none. @see ITU-T T.81, annex B */
export function jpegHeader(bytes: Uint8Array): JpegHeader | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 2; at + 9 < view.byteLength; ) {
    const marker = view.getUint8(at + 1);
    if (view.getUint8(at) !== 0xff) return undefined;
    if (marker === 0xff) at += 1;
    else if (isFrame(marker))
      return { height: view.getUint16(at + 5), width: view.getUint16(at + 7), components: view.getUint8(at + 9) };
    else at += 2 + (hasLength(marker) ? view.getUint16(at + 2) : 0);
  }
  return undefined;
}

/** SOF0 to SOF15 but for DHT, JPG and DAC, which lie among them. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

function hasLength(marker: number): boolean {
  return marker !== 0x01 && !(marker >= 0xd0 && marker <= 0xd8);
}
