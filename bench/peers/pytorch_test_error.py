"""Test MSE of a network after some epochs in PyTorch, from PyTorch's own initial weights: shuffled, Adam 0.001, one thread."""
from task import given, need, report

need("numpy", "torch")
import torch

from images import read_images
from pytorch_layers import Variational
from pytorch_network import LOSSES, build_network, channels_first


def images_of(task, split):
    pixels, _ = read_images({**task, "images": {"pixels": task[split]}})
    return channels_first(pixels)


task = given()
torch.set_num_threads(1)
torch.manual_seed(task["seed"])
network, _ = build_network(task["architecture"])
train, test = images_of(task, "train"), images_of(task, "test")
criterion = LOSSES["mse"]({})
optimizer = torch.optim.Adam(network.parameters(), lr=0.001)
penalties = [module for module in network if isinstance(module, Variational)]
size, values = task["batchSize"], train[0].numel()
errors = []
for _ in range(task["epochs"]):
    network.train()
    for places in torch.randperm(len(train)).split(size):
        images = train[places]
        optimizer.zero_grad()
        loss = criterion(network(images), images)
        for module in penalties:
            loss = loss + module.divergence / values
        loss.backward()
        optimizer.step()
    network.eval()
    with torch.no_grad():
        total = sum(float(((network(part) - part) ** 2).sum()) for part in test.split(500))
    errors.append(total / test.numel())
report({"errors": errors, "parameters": sum(parameter.numel() for parameter in network.parameters())})
