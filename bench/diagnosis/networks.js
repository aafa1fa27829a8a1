// Networks for the runs that the diagnosis is tried on. All take MNIST's images.
const INPUT = [28, 28, 1];

/** Two dense layers each way. */
export function dense(width, latent, { activation = 'relu', last = 'sigmoid' } = {}) {
  return {
    name: `dense-${width}-${latent}`,
    input: INPUT,
    encoder: [
      { type: 'flatten' },
      { type: 'dense', units: width, activation },
      { type: 'dense', units: latent, activation },
    ],
    decoder: [
      { type: 'dense', units: width, activation },
      { type: 'dense', units: 784, activation: last },
      { type: 'reshape', targetShape: INPUT },
    ],
  };
}

/** One convolution each way around a latent of so many values. */
export function convolutional(filters, latent, { activation = 'relu', last = 'sigmoid' } = {}) {
  return {
    name: `convolutional-${filters}-${latent}`,
    input: INPUT,
    encoder: [
      { type: 'conv2d', filters, kernelSize: 3, strides: 2, padding: 'same', activation },
      { type: 'flatten' },
      { type: 'dense', units: latent, activation },
    ],
    decoder: [
      { type: 'dense', units: 14 * 14 * filters, activation },
      { type: 'reshape', targetShape: [14, 14, filters] },
      { type: 'conv2dTranspose', filters: 1, kernelSize: 2, strides: 2, activation: last },
    ],
  };
}

/** The same network without a single nonlinearity: nothing keeps its outputs from growing. */
export function linear(width, latent) {
  return { ...dense(width, latent, { activation: 'linear', last: 'linear' }), name: `linear-${width}-${latent}` };
}
