"""The images of a task, as Millrace reads them too."""
import numpy


def read_images(task):
    """Input and target in 0..1: float32, items × height × width × channels."""
    images = task["images"]
    pixels = _read(images["pixels"], task)
    target = _read(images["target"], task) if "target" in images else pixels
    return pixels, target


def _read(file, task):
    values = numpy.fromfile(file["path"], file["dtype"]).reshape(-1, *task["architecture"]["input"])
    return values.astype(numpy.float32) / 255 if file["dtype"] == "uint8" else values
