// MNIST as published: the four files, where they can be had, and how to know them.
import { STANDARD_NAMES, type StandardFile } from '../../idx/node/standardNames.js';

export interface PublishedFile {
  readonly name: string;
  /** Bytes of the gzip file that the mirrors serve. */
  readonly compressedBytes: number;
  /** Bytes of the IDX file in it. */
  readonly bytes: number;
  /** sha256 of the IDX file: gzip wrappers differ from one mirror to the next. */
  readonly sha256: string;
}

/** Yann LeCun, Corinna Cortes, Christopher Burges: the MNIST database of handwritten digits. */
export const MNIST_FILES: { readonly [file in StandardFile]: PublishedFile } = {
  trainImages: {
    name: STANDARD_NAMES.trainImages,
    compressedBytes: 9_912_422,
    bytes: 47_040_016,
    sha256: 'ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db',
  },
  trainLabels: {
    name: STANDARD_NAMES.trainLabels,
    compressedBytes: 28_881,
    bytes: 60_008,
    sha256: '65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5',
  },
  testImages: {
    name: STANDARD_NAMES.testImages,
    compressedBytes: 1_648_877,
    bytes: 7_840_016,
    sha256: '0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7',
  },
  testLabels: {
    name: STANDARD_NAMES.testLabels,
    compressedBytes: 4_542,
    bytes: 10_008,
    sha256: 'ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2',
  },
};

/** `digest()` of the full training set: the notebook's losses are comparable with a run on these images. */
export const MNIST_TRAIN_DIGEST = '741c988805d008ac6e4c904b69001ba184c24b2c540a4ef403f4c71b676cf757';

/** Folders that hold the four files, `.gz` added to their names; tried in turn. */
export const MNIST_MIRRORS: readonly string[] = [
  'https://ossci-datasets.s3.amazonaws.com/mnist/',
  'https://storage.googleapis.com/cvdf-datasets/mnist/',
];
