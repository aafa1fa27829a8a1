"""The losses of the first updates from given weights: whether Millrace and PyTorch train the same network."""
from task import given, need, report

need("numpy", "torch")
import torch

from pytorch_network import build_network, load_weights, trainer
from weights import read_weights


def losses(task):
    network, named = build_network(task["architecture"])
    load_weights(named, read_weights(task["weights"]))
    train = trainer(task, network)
    return [train(step) for step in range(task["updates"])]


torch.set_num_threads(1)
report({"losses": [losses(task) for task in given()]})
