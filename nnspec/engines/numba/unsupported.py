"""The one exception of this engine, which ends no call."""


class Unsupported(Exception):  # noqa: N818 - NumPy takes the step, or the plan
    """What has no machine code; the sentence says why."""
