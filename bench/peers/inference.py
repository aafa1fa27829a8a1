"""A trained network over an IDX file, as PyTorch's users write it: no_grad, batches of 256, results into a file."""
import math
import resource

from task import given, need, report

need("numpy", "torch")
import numpy
import torch
from torch.nn import functional

from pytorch_network import build_network, load_weights
from weights import read_weights

BATCH = 256
HEADER_BYTES = 16
C1, C2 = 0.01**2, 0.03**2


def gaussian_window():
    weights = torch.exp(-((torch.arange(11) - 5.0) ** 2) / (2 * 1.5**2))
    return weights / weights.sum()


def similarities(one, other, window):
    """SSIM of each image (Wang et al. 2004): windows of 11 × 11 that stay within the image, one direction after the other."""
    images = torch.stack([one, other, one * one, other * other, one * other], dim=1).flatten(0, 1).unsqueeze(1)
    slid = functional.conv2d(functional.conv2d(images, window.view(1, 1, 11, 1)), window.view(1, 1, 1, 11))
    x, y, xx, yy, xy = slid.view(-1, 5, *slid.shape[-2:]).unbind(1)
    top = (2 * x * y + C1) * (2 * (xy - x * y) + C2)
    bottom = (x * x + y * y + C1) * (xx - x * x + yy - y * y + C2)
    return (top / bottom).mean(dim=(1, 2))


def main(task):
    torch.set_num_threads(task["threads"])
    encodes = task["command"] == "encode"
    network, named = build_network({**task["architecture"], **({"decoder": []} if encodes else {})})
    load_weights(named, read_weights(task["weights"]))
    network.eval()
    height, width, _ = task["architecture"]["input"]
    window = gaussian_window()
    losses, ssims = [], []
    with open(task["images"], "rb") as images, open(task["output"], "wb") as output, torch.no_grad():
        images.seek(HEADER_BYTES)
        while data := images.read(BATCH * height * width):
            pixels = torch.from_numpy(numpy.frombuffer(data, numpy.uint8).copy()).view(-1, 1, height, width)
            batch = pixels.float() / 255
            made = network(batch)
            if encodes:
                output.write(made.permute(0, 2, 3, 1).contiguous().numpy().data)
                continue
            if task["command"] == "reconstruct":
                output.write((made * 255).round().clamp(0, 255).to(torch.uint8).numpy().data)
                continue
            losses.append(functional.mse_loss(made, batch, reduction="none").mean(dim=(1, 2, 3)))
            ssims.append(similarities(made[:, 0], batch[:, 0], window))
    about = f"torch {torch.__version__}, threads {torch.get_num_threads()}"
    if not losses:
        return {"about": about}
    losses = torch.cat(losses)
    return {
        "about": about,
        "loss": losses.mean().item(),
        "percentile99": losses.quantile(0.99).item() if len(losses) < 2**24 else math.nan,
        "psnr": (-10 * losses.log10()).mean().item(),
        "ssim": torch.cat(ssims).mean().item(),
    }


result = main(given())
usage = resource.getrusage(resource.RUSAGE_SELF)
report({**result, "cpuSeconds": usage.ru_utime + usage.ru_stime})
