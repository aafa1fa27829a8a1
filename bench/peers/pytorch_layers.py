"""Millrace's layers as PyTorch modules: Keras's shapes, TensorFlow's 'same' padding, images NCHW."""
import torch
from torch import nn

ACTIVATIONS = {
    "relu": lambda _: nn.ReLU(),
    "tanh": lambda _: nn.Tanh(),
    "sigmoid": lambda _: nn.Sigmoid(),
    "leakyRelu": lambda layer: nn.LeakyReLU(layer.get("negativeSlope", 0.01)),
    "elu": lambda _: nn.ELU(),
    "gelu": lambda _: nn.GELU(),
    "silu": lambda _: nn.SiLU(),
}


def layer_modules(layer, shape):
    """The layer and its activation. `shape`: of the input, without the items: (c, h, w) or (units,)."""
    modules = [_MAKERS[layer["type"]](layer, shape)]
    if layer.get("activation", "linear") != "linear":
        modules.append(ACTIVATIONS[layer["activation"]](layer))
    return modules


def _sides(value):
    """Height and width of what is one number for both, or two."""
    return (value, value) if isinstance(value, int) else tuple(value)


def _conv2d(layer, shape):
    size, strides = _sides(layer["kernelSize"]), _sides(layer.get("strides", 1))
    bias = layer.get("useBias", True)
    if layer.get("padding") != "same":
        return nn.Conv2d(shape[0], layer["filters"], size, strides, bias=bias)
    pads = [max(0, (-(-side // s) - 1) * s + k - side) for side, k, s in zip(shape[1:], size, strides)]
    if all(pad % 2 == 0 for pad in pads):
        padding = tuple(pad // 2 for pad in pads)
        return nn.Conv2d(shape[0], layer["filters"], size, strides, padding=padding, bias=bias)
    convolution = nn.Conv2d(shape[0], layer["filters"], size, strides, bias=bias)
    (top, bottom), (left, right) = [(pad // 2, pad - pad // 2) for pad in pads]
    return nn.Sequential(nn.ZeroPad2d((left, right, top, bottom)), convolution)


class _Crop(nn.Module):
    """Drops rows and columns at the end: the larger half of TensorFlow's padding is there."""

    def __init__(self, height, width):
        super().__init__()
        self.height, self.width = height, width

    def forward(self, x):
        return x[:, :, : self.height, : self.width]


def _conv2d_transpose(layer, shape):
    size, strides = layer["kernelSize"], layer.get("strides", 1)
    surplus = max(0, size - strides)
    before = surplus // 2 if layer.get("padding") == "same" else 0
    transposed = nn.ConvTranspose2d(
        shape[0],
        layer["filters"],
        size,
        strides,
        padding=before,
        output_padding=max(0, strides - size),
        bias=layer.get("useBias", True),
    )
    if layer.get("padding") != "same" or surplus % 2 == 0:
        return transposed
    return nn.Sequential(transposed, _Crop(shape[1] * strides, shape[2] * strides))


class _GaussianNoise(nn.Module):
    def __init__(self, deviation):
        super().__init__()
        self.deviation = deviation

    def forward(self, x):
        return x + self.deviation * torch.randn_like(x) if self.training else x


class Variational(nn.Module):
    """A latent is drawn in training; `divergence` is that of the batch, a mean over its images."""

    def forward(self, x):
        mean, log_variance = x.chunk(2, 1)
        self.divergence = 0.5 * (mean.square() + log_variance.exp() - 1 - log_variance).sum(1).mean()
        return mean + (0.5 * log_variance).exp() * torch.randn_like(mean) if self.training else mean


def _borders(value):
    """(left, right, top, bottom) of what is one number, two, or two pairs."""
    rows, columns = (value, value) if isinstance(value, int) else value
    (top, bottom), (left, right) = [(side, side) if isinstance(side, int) else side for side in (rows, columns)]
    return left, right, top, bottom


class SkipConnection(nn.Module):
    """`add` and `concatenate`: what comes in, and the output of the layer `from`, which `outputs` holds by then."""

    def __init__(self, layer, outputs):
        super().__init__()
        self.layer, self.outputs = layer, outputs

    def forward(self, x):
        skipped = self.outputs[self.layer["from"]]
        return x + skipped if self.layer["type"] == "add" else torch.cat((x, skipped), 1)


def _reshape(layer, _shape):
    target = layer["targetShape"]
    return nn.Unflatten(1, (target[2], target[0], target[1])) if len(target) == 3 else nn.Flatten()


def _batch_normalization(layer, shape):
    kind = nn.BatchNorm2d if len(shape) == 3 else nn.BatchNorm1d
    return kind(shape[0], eps=layer.get("epsilon", 1e-5), momentum=layer.get("momentum", 0.1))


_MAKERS = {
    "batchNormalization": _batch_normalization,
    "conv2d": _conv2d,
    "conv2dTranspose": _conv2d_transpose,
    "maxPooling2d": lambda layer, _: nn.MaxPool2d(layer["poolSize"]),
    "averagePooling2d": lambda layer, _: nn.AvgPool2d(layer["poolSize"]),
    "upSampling2d": lambda layer, _: nn.Upsample(scale_factor=layer["size"], mode=layer.get("interpolation", "nearest")),
    "zeroPadding2d": lambda layer, _: nn.ZeroPad2d(_borders(layer["padding"])),
    "cropping2d": lambda layer, _: nn.ZeroPad2d(tuple(-side for side in _borders(layer["cropping"]))),
    "globalAveragePooling2d": lambda _layer, _shape: nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Flatten()),
    "dropout": lambda layer, _: nn.Dropout(layer["rate"]),
    "gaussianNoise": lambda layer, _: _GaussianNoise(layer["standardDeviation"]),
    "variational": lambda _layer, _shape: Variational(),
    "flatten": lambda _layer, _shape: nn.Flatten(),
    "dense": lambda layer, shape: nn.Linear(shape[0], layer["units"], layer.get("useBias", True)),
    "reshape": _reshape,
}
