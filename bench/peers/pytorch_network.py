"""A network from Millrace's architecture JSON, and one step of its training."""
import torch
from torch import nn

from images import read_images
from pytorch_layers import SkipConnection, Variational, layer_modules

LOSSES = {
    "mse": lambda _: nn.MSELoss(),
    "mae": lambda _: nn.L1Loss(),
    "huber": lambda learning: nn.HuberLoss(delta=learning.get("huberDelta", 1)),
    "bce": lambda _: nn.BCELoss(),
}
OPTIMIZERS = {
    "adam": lambda parameters, _: torch.optim.Adam(parameters, lr=0.001),
    "adamw": lambda parameters, learning: torch.optim.AdamW(parameters, lr=0.001, weight_decay=learning.get("weightDecay", 0)),
    "sgd": lambda parameters, learning: torch.optim.SGD(
        parameters, lr=0.001, momentum=learning.get("momentum", 0), nesterov=learning.get("nesterov", False)
    ),
    "rmsprop": lambda parameters, learning: torch.optim.RMSprop(parameters, lr=0.001),
}


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
    learning = task.get("learning", {})
    criterion = LOSSES[learning.get("loss", "mse")](learning)
    optimizer = OPTIMIZERS[learning.get("optimizer", "adam")](network.parameters(), learning)
    penalties = [module for module in network if isinstance(module, Variational)]
    image_values = pixels[0].numel()

    def train(step):
        begin = (step % batches) * size
        optimizer.zero_grad()
        loss = criterion(network(pixels[begin : begin + size]), target[begin : begin + size])
        for module in penalties:
            loss = loss + module.divergence / image_values
        loss.backward()
        optimizer.step()
        return loss.item()

    return train
