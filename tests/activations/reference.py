"""What every activation is, in mpmath: the second opinion that the exactness tests compare with.

One row an activation; a test names any built-in without one. An elementwise reference takes an
mpf that is finite, a rowwise one a list of them; both take the parameters as keywords, at the
value the double has. `CROSSOVERS` are points where an implementation may change its formula.
"""

from __future__ import annotations

from mpmath import mp

mp.prec = 200

ELEMENTWISE = {}
ROWWISE = {}


def elementwise(function):
    ELEMENTWISE[function.__name__] = function
    return function


def rowwise(function):
    ROWWISE[function.__name__] = function
    return function


def sigma(x):
    return 1 / (1 + mp.exp(-x))


def phi(x):
    if abs(x) > 1000:  # as near to 0 or 1 as 10**-217000; erfc takes no such number
        return mp.mpf(x > 0)
    return mp.erfc(-x / mp.sqrt(2)) / 2


@elementwise
def identity(x):
    return x


@elementwise
def step(x, theta=0.0):
    return mp.mpf(x > theta)


@elementwise
def sigmoid(x):
    return sigma(x)


@elementwise
def tanh(x):
    return mp.tanh(x)


@elementwise
def relu(x):
    return max(x, mp.mpf(0))


@elementwise
def leaky_relu(x, negative_slope=0.01):
    return x if x >= 0 else mp.mpf(negative_slope) * x


@elementwise
def elu(x, alpha=1.0):
    return x if x > 0 else mp.mpf(alpha) * mp.expm1(x)


@elementwise
def selu(x, alpha=1.6732632423543772848, scale=1.0507009873554804934):
    return mp.mpf(scale) * elu(x, alpha)


@elementwise
def silu(x, beta=1.0):
    return x * sigma(mp.mpf(beta) * x)


@elementwise
def softplus(x, beta=1.0):
    beta = mp.mpf(beta)
    return max(x, mp.mpf(0)) + mp.log1p(mp.exp(-abs(beta * x))) / beta


@elementwise
def gelu(x, approximate="none"):
    if approximate == "none":
        return x * phi(x)
    if approximate == "tanh":
        return x * sigma(2 * mp.sqrt(2 / mp.pi) * (x + mp.mpf("0.044715") * x**3))
    return x * sigma(mp.mpf("1.702") * x)


@rowwise
def softmax(row):
    top = max(row)
    exponentials = [mp.exp(x - top) for x in row]
    total = mp.fsum(exponentials)
    return [e / total for e in exponentials]
