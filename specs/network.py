"""A feed-forward network that learns, in plain NumPy: forward, backward, update.

Notation: X is a batch with one sample a row, A = X W + b, Z = h(A), and G is the gradient of the
loss by whatever a layer gave out. `backward` takes G, notes the gradients of the layer's own
parameters, and returns the gradient by the layer's input.
"""

from __future__ import annotations

import numpy as np


def sigmoid(x):
    """1 / (1 + exp(-x)), without overflow for x far below zero."""
    return np.exp(-np.logaddexp(0, -x))


def softmax(x):
    """exp(x) / sum(exp(x)) by row; taking the maximum off changes nothing and cannot overflow."""
    e = np.exp(x - x.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def identity(x):
    """Give x as it is."""
    return x


def mish(x):
    """x tanh(softplus(x))."""
    return x * np.tanh(np.logaddexp(0, x))


def mish_slope(x):
    """Differentiate mish by the product rule; softplus' = sigmoid."""
    t = np.tanh(np.logaddexp(0, x))
    return t + x * (1 - t**2) * sigmoid(x)


ACTIVATIONS = {  # name: (h, h'), both functions of A
    "identity": (identity, np.ones_like),
    "sigmoid": (sigmoid, lambda x: sigmoid(x) * (1 - sigmoid(x))),
    "tanh": (np.tanh, lambda x: 1 - np.tanh(x) ** 2),
    "relu": (lambda x: np.maximum(x, 0), lambda x: (x > 0) * 1.0),
    "leaky_relu": (lambda x: np.where(x > 0, x, 0.1 * x), lambda x: np.where(x > 0, 1.0, 0.1)),
    "mish": (mish, mish_slope),
}


class Dense:
    """Z = h(X W + b); W starts as Glorot and Bengio (2010) advise, b as zeros."""

    def __init__(self, rng, size_in, size_out, activation="identity"):
        limit = np.sqrt(6 / (size_in + size_out))
        weight = rng.uniform(-limit, limit, (size_in, size_out))
        self.parameters = {"weight": weight, "bias": np.zeros(size_out)}
        self.gradients = {}
        self.h, self.h_slope = ACTIVATIONS[activation]

    def forward(self, X, training=False):
        """Give Z, and remember X and A for the way back."""
        self.X, self.A = X, X @ self.parameters["weight"] + self.parameters["bias"]
        return self.h(self.A)

    def backward(self, G):
        """dA = G h'(A), dW = Xᵀ dA, db = the column sums of dA, dX = dA Wᵀ."""
        G = G * self.h_slope(self.A)
        self.gradients = {"weight": self.X.T @ G, "bias": G.sum(axis=0)}
        return G @ self.parameters["weight"].T


class BatchNorm:
    """gamma (X - mean) / sqrt(variance + epsilon) + beta, column by column.

    In training mean and variance are those of the batch; their running averages are kept as
    parameters that no gradient changes, and stand in for them afterwards.
    """

    def __init__(self, size, epsilon=1e-3):
        self.epsilon, ones, zeros = epsilon, np.ones(size), np.zeros(size)
        self.parameters = {"gamma": ones, "beta": zeros, "mean": zeros, "variance": ones}
        self.gradients = {}

    def forward(self, X, training=False):
        """Normalize by the batch in training, by the running averages afterwards."""
        p = self.parameters
        if training:
            for name, now in (("mean", X.mean(axis=0)), ("variance", X.var(axis=0))):
                p[name] = 0.9 * p[name] + 0.1 * now
        mean, variance = (X.mean(0), X.var(0)) if training else (p["mean"], p["variance"])
        self.deviation = np.sqrt(variance + self.epsilon)
        self.X = (X - mean) / self.deviation
        return p["gamma"] * self.X + p["beta"]

    def backward(self, G):
        """Mean and deviation depend on every row, hence the two means taken off."""
        self.gradients = {"gamma": (G * self.X).sum(axis=0), "beta": G.sum(axis=0)}
        G = G * self.parameters["gamma"]
        return (G - G.mean(0) - self.X * (G * self.X).mean(0)) / self.deviation


class Chain:
    """Named layers, one after the other; the names are those of the spec."""

    def __init__(self, **layers):
        self.layers = layers

    def forward(self, X, training=False):
        """Go through the layers in order."""
        for layer in self.layers.values():
            X = layer.forward(X, training)
        return X

    def backward(self, G):
        """Go back through them: the chain rule."""
        for layer in reversed(self.layers.values()):
            G = layer.backward(G)
        return G

    def walk(self):
        """Yield (name, layer) for every layer with parameters, nested ones too."""
        for name, layer in self.layers.items():
            yield from layer.walk() if isinstance(layer, Chain) else [(name, layer)]


class Residual(Chain):
    """Layers with a way around them, X + layers(X), on which the gradient never fades."""

    def forward(self, X, training=False):
        """Give X + layers(X)."""
        return X + super().forward(X, training)

    def backward(self, G):
        """Add what comes back by both ways."""
        return G + super().backward(G)


def parameters(network):
    """Collect the arrays by the names that a spec gives them: "dense1.weight"."""
    return {f"{n}.{p}": a for n, layer in network.walk() for p, a in layer.parameters.items()}


def restore(network, arrays):
    """Put arrays from `parameters` back in their places."""
    for name, layer in network.walk():
        layer.parameters = {p: arrays[f"{name}.{p}"] for p in layer.parameters}


def train(network, output, rows, validation, rng, epochs=200, rate=2e-3, decay=1e-2, batch=32):
    """Train by Adam with decoupled weight decay; keep what was best on the validation rows.

    `output` turns logits into the prediction. Identity with squared error, sigmoid and softmax
    with cross-entropy all have the same gradient by the logits: prediction - target. The choice
    is by squared error (for probabilities: the Brier score). Returns the float32 arrays.
    """
    (X, Y), (X_val, Y_val) = rows, validation
    moments, step, least, best = {}, 0, np.inf, parameters(network)
    for _ in range(epochs):
        order = rng.permutation(len(X))
        for start in range(0, len(X) - batch + 1, batch):
            pick = order[start : start + batch]
            prediction = output(network.forward(X[pick], training=True))
            network.backward((prediction - Y[pick]) / batch)
            step += 1
            for name, layer in network.walk():
                for p, g in layer.gradients.items():
                    m, v = moments.get((name, p), (0, 0))
                    m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g**2
                    moments[name, p] = m, v
                    change = m / (1 - 0.9**step) / (np.sqrt(v / (1 - 0.999**step)) + 1e-8)
                    shrink = decay * layer.parameters[p] if p == "weight" else 0
                    layer.parameters[p] = layer.parameters[p] - rate * (change + shrink)
        error = np.mean((output(network.forward(X_val)) - Y_val) ** 2)
        if error < least:
            least, best = error, parameters(network)
    return {name: array.astype(np.float32) for name, array in best.items()}
