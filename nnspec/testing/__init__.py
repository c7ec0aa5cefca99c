"""The conformance kit: what every activation promises, for the tests of whoever writes one.

Examples:
    >>> import numpy as np
    >>> import nnspec
    >>> from nnspec.testing import check_activation
    >>> check_activation("gelu")
    >>> twice = nnspec.Activation("twice", lambda x: (2 * x).astype(np.float64))
    >>> check_activation(twice)
    Traceback (most recent call last):
    AssertionError: activation 'twice' breaks its promise keeps_dtype: a result has the dtype ...
"""

from nnspec.testing.kit import cases, check_activation
from nnspec.testing.promise import Promise

__all__ = ["Promise", "cases", "check_activation"]
