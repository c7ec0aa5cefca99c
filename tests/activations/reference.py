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


@elementwise
def relu6(x):
    return min(max(x, mp.mpf(0)), mp.mpf(6))


@elementwise
def rrelu(x, lower=1 / 8, upper=1 / 3):
    return x if x >= 0 else x * (mp.mpf(lower) + mp.mpf(upper)) / 2


@elementwise
def celu(x, alpha=1.0):
    return max(x, mp.mpf(0)) + min(mp.mpf(0), alpha * mp.expm1(x / mp.mpf(alpha)))


@elementwise
def hard_sigmoid(x, slope=1 / 6, offset=0.5):
    slope = mp.mpf(1) / 6 if slope == 1 / 6 else mp.mpf(slope)  # no double is a sixth
    return min(max(slope * x + mp.mpf(offset), mp.mpf(0)), mp.mpf(1))


@elementwise
def log_sigmoid(x):
    return -softplus(-x)


@elementwise
def hard_tanh(x, min=-1.0, max=1.0):  # noqa: A002
    return mp.mpf(min) if x < min else mp.mpf(max) if x > max else x


@elementwise
def softsign(x):
    return x / (1 + abs(x))


@elementwise
def hard_swish(x):
    return x * min(max((x + 3) / 6, mp.mpf(0)), mp.mpf(1))


@elementwise
def squareplus(x, b=4.0):
    root = mp.sqrt(x * x + mp.mpf(b))
    return (x + root) / 2 if x > 0 else mp.mpf(b) / (2 * (root - x))


@elementwise
def sparse_plus(x):
    return mp.mpf(0) if x <= -1 else x if x >= 1 else (x + 1) ** 2 / 4


@elementwise
def sparse_sigmoid(x):
    return min(max((x + 1) / 2, mp.mpf(0)), mp.mpf(1))


@elementwise
def soft_shrink(x, lambd=0.5):
    return mp.sign(x) * max(abs(x) - mp.mpf(lambd), mp.mpf(0))


@elementwise
def hard_shrink(x, lambd=0.5):
    return x if abs(x) > lambd else mp.mpf(0)


@elementwise
def tanh_shrink(x):
    if abs(x) < 1e-9:
        return x**3 / 3 - 2 * x**5 / 15
    return x - mp.tanh(x)


@elementwise
def threshold(x, threshold, value):
    return x if x > threshold else mp.mpf(value)


@elementwise
def thresholded_relu(x, theta=1.0):
    return x if x > theta else mp.mpf(0)


@elementwise
def exponential(x):
    return mp.exp(min(x, mp.mpf(10000)))


@elementwise
def radial_basis(x):
    return exponential(-x)


@elementwise
def gauss(x):
    return mp.exp(-x * x)


@elementwise
def square(x):
    return x * x


@elementwise
def reciprocal(x):
    return 1 / x


@elementwise
def sine(x):
    with mp.workprec(1300):
        return mp.sin(x)


@elementwise
def cosine(x):
    with mp.workprec(1300):
        return mp.cos(x)


@elementwise
def arctan(x):
    return 2 / mp.pi * mp.atan(x)


@rowwise
def softmax(row):
    top = max(row)
    exponentials = [mp.exp(x - top) for x in row]
    total = mp.fsum(exponentials)
    return [e / total for e in exponentials]


@rowwise
def log_softmax(row):
    top = max(row)
    others = list(row)
    others.remove(top)
    log = mp.log1p(mp.fsum(mp.exp(x - top) for x in others))
    return [x - top - log for x in row]


@rowwise
def softmin(row):
    return softmax([-x for x in row])


@rowwise
def hardmax(row):
    first = row.index(max(row))
    return [mp.mpf(place == first) for place in range(len(row))]


@rowwise
def sparsemax(row):
    """By bisection of Σ max(x − τ, 0) = 1 for the support, then τ from its mean."""
    low, high = max(row) - 1, max(row)
    for _ in range(190):
        middle = (low + high) / 2
        if mp.fsum(max(x - middle, mp.mpf(0)) for x in row) > 1:
            low = middle
        else:
            high = middle
    support = [x for x in row if x > high]
    tau = (mp.fsum(support) - 1) / len(support)
    return [max(x - tau, mp.mpf(0)) for x in row]
