/** What a person should know about data that serve all the same: the fields of a `warning` event. */
export interface DataNotice {
  readonly code: 'MNIST_SAMPLE' | 'TEST_LEFT_OUT' | 'DATA_NESTED' | 'IMAGES_LEFT_OUT';
  readonly message: string;
}
