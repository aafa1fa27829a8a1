"""Images a second of PyTorch, eager; the data are a tensor in memory."""
from task import given, need, report

need("numpy", "torch")
import torch

from pytorch_network import build_network, trainer
from speed import images_per_second

task = given()
torch.set_num_threads(task["threads"])
torch.manual_seed(1)
network, _ = build_network(task["architecture"])
speed = images_per_second(task, trainer(task, network))
report({**speed, "about": f"torch {torch.__version__}, threads {torch.get_num_threads()}"})
