"""Reads a safetensors file of float32 tensors."""
import json

import numpy


def read_weights(path):
    with open(path, "rb") as file:
        header_bytes = int.from_bytes(file.read(8), "little")
        header = json.loads(file.read(header_bytes))
        values = file.read()
    header.pop("__metadata__", None)
    return {name: _tensor(values, entry) for name, entry in header.items()}


def _tensor(values, entry):
    begin, end = entry["data_offsets"]
    return numpy.frombuffer(values[begin:end], "<f4").reshape(entry["shape"]).copy()
