# Networks that others have trained, saved as others save them: argv is how, and the folder. Prints images [n, h, w, c] and what the network
# makes of them.
import json
import sys
from pathlib import Path

import numpy

how, folder = sys.argv[1], Path(sys.argv[2])
images = numpy.random.default_rng(3).random((5, 8, 6, 2), "float32")


def with_torch():
    import torch
    from torch import nn

    torch.manual_seed(1)
    network = nn.Sequential(
        *[nn.Conv2d(2, 4, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(4, 4, 3, padding=1), nn.BatchNorm2d(4), nn.ReLU()],
        *[nn.Flatten(), nn.Linear(48, 10), nn.Linear(10, 48), nn.ReLU(), nn.Unflatten(1, (4, 4, 3))],
        *[nn.Conv2d(4, 4, 3, padding=1), nn.ReLU(), nn.ConvTranspose2d(4, 2, 2, 2), nn.Sigmoid()],
    )
    taken = torch.from_numpy(images.transpose(0, 3, 1, 2).copy())
    optimizer = torch.optim.Adam(network.parameters(), 0.01)
    for _ in range(20):
        optimizer.zero_grad()
        nn.functional.mse_loss(network(taken), taken).backward()
        optimizer.step()
    with torch.no_grad():
        given = network.eval()(taken).numpy().transpose(0, 2, 3, 1)
    return network.state_dict(), given


def pickled():
    import torch

    weights, given = with_torch()
    torch.save({"epoch": 1, "state_dict": weights}, folder / "model.pt")
    return given


def shards():
    from safetensors.torch import save_file

    weights, given = with_torch()
    names = list(weights)
    parts = {"one.safetensors": names[::2], "two.safetensors": names[1::2]}
    for file, part in parts.items():
        save_file({f"module.{name}": weights[name] for name in part}, folder / file)
    index = {"metadata": {}, "weight_map": {f"module.{n}": file for file, part in parts.items() for n in part}}
    (folder / "model.safetensors.index.json").write_text(json.dumps(index))
    return given


def with_keras(name):
    import keras
    from keras import layers

    keras.utils.set_random_seed(1)
    network = keras.Sequential(
        [
            keras.Input((8, 6, 2)),
            *[layers.Conv2D(4, 3, padding="same", activation="relu"), layers.MaxPooling2D(2), layers.BatchNormalization()],
            *[layers.Flatten(), layers.Dense(10), layers.Dense(48, activation="relu"), layers.Reshape((4, 3, 4))],
            layers.Conv2DTranspose(2, 2, strides=2, activation="sigmoid"),
        ]
    )
    network.compile("adam", "mse")
    network.fit(images, images, epochs=20, verbose=0)
    network.save(folder / name)
    return network.predict(images, verbose=0)


given = {"pt": pickled, "index": shards, "keras": lambda: with_keras("model.keras"), "h5": lambda: with_keras("model.h5")}[how]()
print(json.dumps({"images": images.flatten().tolist(), "expected": given.flatten().tolist()}))
