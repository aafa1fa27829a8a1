"""Small natural colour images, cut from the photographs that scikit-image and scikit-learn bring along, as .npy files.

    python bench/peers/colour_photos.py FOLDER [--side 32] [--train 4000] [--test 1000] [--seed 1]

Writes train.npy and test.npy: bytes, items x side x side x 3. A cut is a square of `side` to three times `side`, from anywhere in a
photograph, made smaller with antialiasing and mirrored half of the time. No photograph is in both files.
"""
import argparse
import pathlib

import numpy
import skimage.data
from PIL import Image
from sklearn.datasets import load_sample_images

parser = argparse.ArgumentParser()
parser.add_argument("folder", type=pathlib.Path)
parser.add_argument("--side", type=int, default=32)
parser.add_argument("--train", type=int, default=4000)
parser.add_argument("--test", type=int, default=1000)
parser.add_argument("--seed", type=int, default=1)
options = parser.parse_args()

china, flower = load_sample_images().images
PHOTOS = {
    "train": [skimage.data.astronaut(), skimage.data.coffee(), skimage.data.rocket(), skimage.data.stereo_motorcycle()[0], flower],
    "test": [skimage.data.chelsea(), china],
}


def cut(photo, random):
    height, width = photo.shape[:2]
    size = int(random.integers(options.side, min(3 * options.side, height, width), endpoint=True))
    top, left = random.integers(height - size, endpoint=True), random.integers(width - size, endpoint=True)
    square = Image.fromarray(photo[top : top + size, left : left + size])
    small = numpy.asarray(square.resize((options.side, options.side), Image.Resampling.BOX))
    return small[:, ::-1] if random.random() < 0.5 else small


random = numpy.random.default_rng(options.seed)
options.folder.mkdir(parents=True, exist_ok=True)
for split, photos in PHOTOS.items():
    cuts = [cut(photos[random.integers(len(photos))], random) for _ in range(getattr(options, split))]
    numpy.save(options.folder / f"{split}.npy", numpy.stack(cuts))
