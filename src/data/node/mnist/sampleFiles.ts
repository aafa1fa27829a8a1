import { fileURLToPath } from 'node:url';
import { assetUrl } from '../../../files/assets.js';
import type { StandardFile } from '../../idx/node/standardNames.js';

/**
 * The embedded sample of MNIST.
 * @throws FileError `ASSET_NOT_FOUND`
 */
export function sampleFiles(): Readonly<Record<StandardFile, string>> {
  // Each by its whole name: so bundlers see which files to copy.
  return {
    trainImages: path(
      'train-images-idx3-ubyte.gz',
      new URL('../../../assets/mnist-sample/train-images-idx3-ubyte.gz', import.meta.url),
    ),
    trainLabels: path(
      'train-labels-idx1-ubyte.gz',
      new URL('../../../assets/mnist-sample/train-labels-idx1-ubyte.gz', import.meta.url),
    ),
    testImages: path(
      't10k-images-idx3-ubyte.gz',
      new URL('../../../assets/mnist-sample/t10k-images-idx3-ubyte.gz', import.meta.url),
    ),
    testLabels: path(
      't10k-labels-idx1-ubyte.gz',
      new URL('../../../assets/mnist-sample/t10k-labels-idx1-ubyte.gz', import.meta.url),
    ),
  };
}

function path(name: string, packaged: URL): string {
  return fileURLToPath(assetUrl(`mnist-sample/${name}`, packaged));
}
