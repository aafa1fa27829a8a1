import type { DataFormat } from '../dataFormat.js';
import { idxFormat } from '../idx/node/idxFormat.js';
import { imageFolderFormat } from '../imageFolder/node/imageFolderFormat.js';
import { imageTarFormat } from '../imageTar/node/imageTarFormat.js';

/**
 * Every format of images. They are asked in this order whether data are theirs: those whose first bytes are unmistakable first,
 * those that take anything like theirs last.
 */
export const FORMATS: readonly DataFormat[] = [idxFormat, imageTarFormat, imageFolderFormat];
