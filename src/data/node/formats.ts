import { cifarFormat } from '../cifar/node/cifarFormat.js';
import { csvFormat } from '../csv/node/csvFormat.js';
import type { DataFormat } from '../dataFormat.js';
import { idxFormat } from '../idx/node/idxFormat.js';
import { imageFolderFormat } from '../imageFolder/node/imageFolderFormat.js';
import { imageTarFormat } from '../imageTar/node/imageTarFormat.js';
import { npyFormat } from '../npy/node/npyFormat.js';
import { npzFormat } from '../npz/node/npzFormat.js';
import { parquetFormat } from '../parquet/node/parquetFormat.js';
import { rawFormat } from '../raw/node/rawFormat.js';

/**
 * Every format of images. They are asked in this order whether data are theirs: those whose first bytes are unmistakable first,
 * then raw frames, which are all else where a shape is given, and those that take anything like theirs last.
 */
export const FORMATS: readonly DataFormat[] = [
  npyFormat,
  npzFormat,
  parquetFormat,
  csvFormat,
  rawFormat,
  cifarFormat,
  idxFormat,
  imageTarFormat,
  imageFolderFormat,
];
