import { IdxError } from '../../../errors.js';
import type { ArraySource } from '../../array/node/openArray.js';
import type { FileInput } from '../../dataFormat.js';
import { isRaw } from '../../node/files/openInput.js';
import { IdxDecoder } from '../decoder.js';
import type { IdxHeader } from '../header.js';
import { unsuitableImages } from '../imagesOrLabels.js';
import { checkPayload, truncated } from '../payload.js';

/** An IDX file as an array, whose images may have to be made of it. @throws IdxError `IDX_TRUNCATED`, `IDX_TRAILING` */
export function idxSource(file: FileInput, header: IdxHeader): ArraySource {
  const { path } = file;
  if (isRaw(file)) checkPayload(header, path, file.size! - header.headerBytes);
  return {
    path,
    header: { ...header, bigEndian: true, fortranOrder: false },
    ...(isRaw(file) && { offset: header.headerBytes }),
    payload: () => payloadOf(file),
    truncated: (arrived) => truncated(header, path, arrived),
    unsuitable: (what) => new IdxError(unsuitableImages({ path, header }, what)),
  };
}

/** The bytes behind the header; fails where they are not as many as it promises. */
async function* payloadOf(file: FileInput): AsyncGenerator<Uint8Array, void> {
  const decoder = new IdxDecoder(file.path);
  for await (const chunk of file.bytes()) yield decoder.push(chunk);
  decoder.end();
}
