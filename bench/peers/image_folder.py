"""An epoch over a folder of images as PyTorch's users write it: ImageFolder, a DataLoader with workers, a small autoencoder, Adam."""
from task import given, need, report

need("torch", "torchvision")
import torch
from torch import nn
from torchvision import datasets, transforms

task = given()
images = datasets.ImageFolder(task["folder"], transforms.ToTensor())
loader = torch.utils.data.DataLoader(images, batch_size=task["batchSize"], num_workers=task["workers"])
network = nn.Sequential(
    nn.Conv2d(3, 16, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
    nn.Conv2d(16, 8, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
    nn.ConvTranspose2d(8, 16, 2, stride=2), nn.ReLU(),
    nn.ConvTranspose2d(16, 3, 2, stride=2), nn.Sigmoid(),
)
optimizer = torch.optim.Adam(network.parameters(), lr=0.001)
for pixels, _ in loader:
    loss = nn.functional.mse_loss(network(pixels), pixels)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
report({"loss": loss.item()})
