"""Train the networks of this folder and write their weights, held-out rows and golden outputs.

    python specs/train.py                # all of them, half a minute
    python specs/train.py iris digits    # some

Needs NumPy and scikit-learn, whose data sets ship inside the package. A quarter of each data set
is held out and used by nothing but the specs' `checks`; a fifth of the rest chooses the epoch.
Golden outputs come from this script's own float64 forward pass with the weights as stored, so
that `nnspec test` compares two implementations. Mean and std, for a spec to repeat, are printed.
"""

from __future__ import annotations

import csv
import hashlib
import json
import re
import struct
import sys
from pathlib import Path

import network as nn
import numpy as np
from sklearn import datasets
from sklearn.model_selection import train_test_split

FOLDER = Path(__file__).parent
SEED = 0


def textbook(rng):
    """Compute the textbook's 2-3-2-2 network, whose weights stand in the spec itself."""
    network = nn.Chain(
        dense1=nn.Dense(rng, 2, 3, "sigmoid"),
        dense2=nn.Dense(rng, 3, 2, "sigmoid"),
        output=nn.Dense(rng, 2, 2),
    )
    arrays = {
        "dense1.weight": [[0.1, 0.3, 0.5], [0.2, 0.4, 0.6]],
        "dense1.bias": [0.1, 0.2, 0.3],
        "dense2.weight": [[0.1, 0.4], [0.2, 0.5], [0.3, 0.6]],
        "dense2.bias": [0.1, 0.2],
        "output.weight": [[0.1, 0.3], [0.2, 0.4]],
        "output.bias": [0.1, 0.2],
    }
    nn.restore(network, {name: np.array(values) for name, values in arrays.items()})
    X = np.array([[1.0, 0.5]])
    save("textbook-x", X)
    save("textbook-y", network.forward(X))
    print("textbook", network.forward(X))


def digits(rng):
    """Recognise handwritten digits by 64-50-100-10 with sigmoid."""
    network = nn.Chain(
        dense1=nn.Dense(rng, 64, 50, "sigmoid"),
        dense2=nn.Dense(rng, 50, 100, "sigmoid"),
        output=nn.Dense(rng, 100, 10),
    )
    save_safetensors("digits", fit_digits("digits", network, nn.softmax, np.eye(10)))


def digits_mish(rng):
    """Recognise them with mish, batch normalisation and a residual block."""
    network = nn.Chain(
        dense1=nn.Dense(rng, 64, 64, "mish"),
        norm=nn.BatchNorm(64),
        block=nn.Residual(mix=nn.Dense(rng, 64, 64, "mish")),
        output=nn.Dense(rng, 64, 10),
    )
    arrays = fit_digits("digits-mish", network, nn.softmax, np.eye(10))
    np.savez(FOLDER / "digits-mish.npz", **arrays)


def digits_attributes(rng):
    """Say of a digit whether it is even, at least five, and has a loop (as 0, 6, 8, 9 have)."""
    network = nn.Chain(
        fc1=nn.Dense(rng, 64, 64, "leaky_relu"),
        fc2=nn.Dense(rng, 64, 32, "leaky_relu"),
        fc3=nn.Dense(rng, 32, 3),
    )
    digit = np.arange(10)
    attributes = np.stack([digit % 2 == 0, digit >= 5, np.isin(digit, [0, 6, 8, 9])], axis=1)
    arrays = fit_digits("digits-attributes", network, nn.sigmoid, attributes)
    as_torch = {name: array.T for name, array in arrays.items()}  # (out, in), as PyTorch stores it
    save_safetensors("digits-attributes", as_torch)


def fit_digits(name, network, output, target):
    """Fit to 8 × 8 images with pixels of 0..16; row k of `target` is what a digit k must give."""
    X, digit = datasets.load_digits(return_X_y=True)
    arrays, test, _ = fit(name, network, output, X, target[digit], digit, normalize=(0, 16))
    save("digits-x", X[test].reshape(-1, 8, 8).astype(np.uint8))
    return arrays


def iris(rng):
    """Tell three kinds of iris apart by four lengths."""
    data = datasets.load_iris()
    X, kind = data.data, data.target
    network = nn.Chain(dense1=nn.Dense(rng, 4, 8, "tanh"), output=nn.Dense(rng, 8, 3))
    options = {"epochs": 400, "decay": 1.0}
    arrays, test, _ = fit("iris", network, nn.softmax, X, np.eye(3)[kind], kind, **options)
    names = ["W1", "b1", "W2", "b2"]
    np.savez(FOLDER / "iris.npz", **dict(zip(names, arrays.values(), strict=True)))
    columns = [*zip(data.feature_names, X[test].T, strict=True)]
    save_csv("iris-x", [("species", data.target_names[kind[test]]), *reversed(columns)])


def breast_cancer(rng):
    """Tell malignant (0) from benign (1) tumours by thirty measures of their cells."""
    data = datasets.load_breast_cancer()
    X, kind = data.data, data.target
    network = nn.Chain(dense1=nn.Dense(rng, 30, 16, "relu"), output=nn.Dense(rng, 16, 1))
    arrays, test, (mean, std) = fit(
        "breast-cancer", network, nn.sigmoid, X, kind[:, None], kind, threshold=0.7
    )
    save_safetensors("breast-cancer", arrays | {"input.mean": mean, "input.std": std})
    save_csv("breast-cancer-x", [*zip(data.feature_names, X[test].T, strict=True)])


def diabetes(rng):
    """Foretell the progress of diabetes in a year."""
    data = datasets.load_diabetes(scaled=False)
    X, y = data.data, data.target
    network = nn.Chain(dense1=nn.Dense(rng, 10, 16, "leaky_relu"), output=nn.Dense(rng, 16, 1))
    quarter = np.digitize(y, np.quantile(y, [0.25, 0.5, 0.75]))
    arrays, test, _ = fit("diabetes", network, nn.identity, X, y[:, None], quarter, decay=1.0)
    np.savez(FOLDER / "diabetes.npz", **arrays)
    save_csv("diabetes-x", [*zip(data.feature_names, X[test].T, strict=True)])


def fit(name, network, output, X, Y, kinds, *, normalize=None, threshold=0.5, **options):
    """Split, normalize, train, score on the held-out rows, and save their golden outputs.

    Each part gets its share of each of the `kinds`. Without `normalize`, mean and std are those
    of the training rows. Returns the arrays, the held-out rows' numbers, and mean and std.
    """
    rest, test = train_test_split(
        np.arange(len(X)), test_size=0.25, random_state=SEED, stratify=kinds
    )
    train, validation = train_test_split(
        rest, test_size=0.2, random_state=SEED, stratify=kinds[rest]
    )
    mean, std = normalize or moments(f"{name} normalize", X[train])
    center, scale = moments(f"{name} denormalize", Y[train]) if output is nn.identity else (0, 1)
    x, y = (X - mean) / std, (Y - center) / scale
    parts = (x[train], y[train]), (x[validation], y[validation])
    arrays = nn.train(network, output, *parts, np.random.default_rng(SEED), **options)

    nn.restore(network, {key: array.astype(np.float64) for key, array in arrays.items()})
    golden = output(network.forward(x[test])) * scale + center
    save(f"{name}-y", golden)
    score(name, output, golden, Y[test], threshold)
    return arrays, test, (mean, std)


def score(name, output, golden, Y, threshold):
    """Save what is true of the held-out rows, and print how near the network comes to it."""
    if output is nn.identity:
        save(f"{name}-target", Y)
        print(name, "RMSE", np.sqrt(np.mean((golden - Y) ** 2)))
        return
    if output is nn.softmax:
        labels, truth = golden.argmax(axis=1)[:, None], Y.argmax(axis=1)[:, None]
    else:
        labels, truth = golden >= threshold, Y.astype(np.int64)
    save(f"{name}-labels", truth.squeeze())
    print(name, "accuracy", np.mean((labels == truth).all(axis=1)))


def moments(purpose, X):
    """Give mean and standard deviation of the columns, to three digits, for a spec to repeat."""
    mean, std = ([float(f"{v:.3g}") for v in row] for row in (X.mean(0), X.std(0)))
    print(f"{purpose}: {{mean: {mean}, std: {std}}}")
    return np.array(mean), np.array(std)


def save(name, array):
    """Write data/NAME.npy."""
    np.save(FOLDER / "data" / f"{name}.npy", array)


def save_csv(name, columns):
    """Write data/NAME.csv: (name, values) pairs become a header and rows."""
    with (FOLDER / "data" / f"{name}.csv").open("w", newline="") as file:
        names, values = zip(*columns, strict=True)
        rows = zip(*(column.tolist() for column in values), strict=True)
        csv.writer(file, lineterminator="\n").writerows([names, *rows])


def save_safetensors(name, arrays):
    """Write NAME.safetensors: the length of the header, the header in JSON, the numbers."""
    header, blob = {}, b""
    for key, array in arrays.items():
        data = array.astype("<f4").tobytes()
        offsets = [len(blob), len(blob) + len(data)]
        header[key] = {"dtype": "F32", "shape": array.shape, "data_offsets": offsets}
        blob += data
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    path = FOLDER / f"{name}.safetensors"
    path.write_bytes(struct.pack("<Q", len(text)) + text + blob)


def pin(spec):
    """Write the SHA-256 of the weights into the spec that names them."""
    text = spec.read_text(encoding="utf-8")
    named = re.search(r"file: ([\w.-]+)", text)
    if named:
        digest = hashlib.sha256((FOLDER / named[1]).read_bytes()).hexdigest()
        text = re.sub(r"(sha256: )[0-9a-f]{64}", rf"\g<1>{digest}", text)
        spec.write_text(text, encoding="utf-8")


SPECS = [textbook, digits, digits_mish, digits_attributes, iris, breast_cancer, diabetes]

if __name__ == "__main__":
    for recipe in SPECS:
        if not sys.argv[1:] or recipe.__name__.replace("_", "-") in sys.argv[1:]:
            recipe(np.random.default_rng(SEED))
            pin(FOLDER / f"{recipe.__name__.replace('_', '-')}.yaml")
