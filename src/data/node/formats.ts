import type { DataFormat } from '../dataFormat.js';
import { idxFormat } from '../idx/node/idxFormat.js';
import { rawFormat } from '../raw/node/rawFormat.js';

/**
 * Every format of images. They are asked in this order whether data are theirs: those whose first bytes are unmistakable first,
 * then raw frames, which are all else where a shape is given, and those that take anything like theirs last.
 */
export const FORMATS: readonly DataFormat[] = [rawFormat, idxFormat];
