"""A network from Millrace's architecture JSON, and one step of its training."""
import torch
from torch import nn

from images import read_images
from pytorch_layers import SkipConnection, layer_modules


def build_network(architecture):
    """The network, and its weighted modules by the names that Millrace gives them."""
    height, width, channels = architecture["input"]
    example = torch.zeros(1, channels, height, width)
    modules, named, outputs = [], {}, {}
    parts = ("encoder", "decoder")
    skipped = {layer["from"] for part in parts for layer in architecture[part] if "from" in layer}
    for part in parts:
        for index, layer in enumerate(architecture[part]):
            made = [SkipConnection(layer, outputs)] if "from" in layer else layer_modules(layer, tuple(example.shape[1:]))
            if f"{part}.{index}" in skipped:
                made[-1].register_forward_hook(keep_output(outputs, f"{part}.{index}"))
            modules += made
            for module in made[0].modules():
                if hasattr(module, "weight"):
                    named[f"{part}.{index}"] = module
            # Not as in training: one example must not leave its statistics.
            example = nn.Sequential(*made).eval()(example)
            nn.Sequential(*made).train()
    return nn.Sequential(*modules), named


def keep_output(outputs, name):
    """A hook, so that networks without skip connections run as they always have."""

    def hook(_module, _inputs, output):
        outputs[name] = output

    return hook


def load_weights(named, weights):
    """`weights`: arrays by name, `encoder.0.weight` and so on."""
    with torch.no_grad():
        for name, module in named.items():
            module.weight.copy_(torch.from_numpy(weights[f"{name}.weight"]))
            if module.bias is not None:
                module.bias.copy_(torch.from_numpy(weights[f"{name}.bias"]))
            for statistic in ("running_mean", "running_var"):
                if hasattr(module, statistic):
                    getattr(module, statistic).copy_(torch.from_numpy(weights[f"{name}.{statistic}"]))


def channels_first(values):
    return torch.from_numpy(values).permute(0, 3, 1, 2).contiguous()


def trainer(task, network):
    """`train(step)`: one whole update, on the batch that has its turn; returns the loss."""
    pixels, target = map(channels_first, read_images(task))
    size = task["batchSize"]
    batches = len(pixels) // size
    criterion = nn.MSELoss()
    optimizer = torch.optim.Adam(network.parameters(), lr=0.001)

    def train(step):
        begin = (step % batches) * size
        optimizer.zero_grad()
        loss = criterion(network(pixels[begin : begin + size]), target[begin : begin + size])
        loss.backward()
        optimizer.step()
        return loss.item()

    return train
