"""The notebook's loop as it is written: a data set of images, ToTensor for each, a DataLoader, batches of 20."""
from task import given, need, report

need("numpy", "torch")
import numpy
import torch
from torch import nn
from torch.nn import functional
from torch.utils.data import DataLoader, Dataset

from speed import images_per_second


class Digits(Dataset):
    """torchvision's MNIST with `transform=ToTensor()`, which needs neither torchvision nor Pillow."""

    def __init__(self, images):
        self.images = images

    def __len__(self):
        return len(self.images)

    def __getitem__(self, index):
        image = self.images[index].numpy()  # what Image.fromarray takes
        return to_tensor(image), 0


def to_tensor(image):
    """@see torchvision.transforms.functional.to_tensor"""
    tensor = torch.from_numpy(numpy.array(image, numpy.uint8, copy=True))
    tensor = tensor.view(*image.shape, 1).permute((2, 0, 1)).contiguous()
    return tensor.to(dtype=torch.get_default_dtype()).div(255)


class ConvAutoencoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 16, 3, padding=1)
        self.conv2 = nn.Conv2d(16, 4, 3, padding=1)
        self.pool = nn.MaxPool2d(2, 2)
        self.t_conv1 = nn.ConvTranspose2d(4, 16, 2, stride=2)
        self.t_conv2 = nn.ConvTranspose2d(16, 1, 2, stride=2)

    def forward(self, x):
        x = self.pool(functional.relu(self.conv1(x)))
        x = self.pool(functional.relu(self.conv2(x)))
        x = functional.relu(self.t_conv1(x))
        return torch.sigmoid(self.t_conv2(x))


task = given()
torch.set_num_threads(task["threads"])
raw = numpy.fromfile(task["images"]["pixels"]["path"], numpy.uint8).reshape(-1, 28, 28)
train_loader = DataLoader(Digits(torch.from_numpy(raw)), batch_size=task["batchSize"], num_workers=0)
model = ConvAutoencoder()
criterion = nn.MSELoss()
optimizer = torch.optim.Adam(model.parameters(), lr=0.001)


def batches():
    while True:
        yield from train_loader


source = batches()
train_loss = 0.0


def train(_step):
    global train_loss
    images, _ = next(source)
    optimizer.zero_grad()
    outputs = model(images)
    loss = criterion(outputs, images)
    loss.backward()
    optimizer.step()
    train_loss += loss.item() * images.size(0)


speed = images_per_second(task, train)
report({**speed, "about": f"torch {torch.__version__}, threads {torch.get_num_threads()}"})
