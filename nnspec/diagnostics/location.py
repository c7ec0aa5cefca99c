"""Where a file is, as programs that read reports want it: from the working directory on."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import quote


def relative(file: str) -> str:
    """Name a file from the working directory on, with slashes; another one by its full path.

    Examples:
        >>> relative("./specs//a.yaml"), relative(os.path.abspath("a.yaml"))
        ('specs/a.yaml', 'a.yaml')
        >>> relative("../a.yaml") == Path.cwd().parent.joinpath("a.yaml").as_posix()
        True
    """
    full = Path(os.path.abspath(file))  # noqa: PTH100 - a link keeps its name
    here = Path.cwd()
    return (full.relative_to(here) if full.is_relative_to(here) else full).as_posix()


def uri(file: str) -> str:
    """Give the URI of a file, relative where it is in the working directory (RFC 3986).

    Examples:
        >>> uri("a b/50%: c.yaml"), uri("/x.yaml")
        ('a%20b/50%25%3A%20c.yaml', 'file:///x.yaml')
    """
    path = relative(file)
    # A name may be bytes that are no UTF-8: they are encoded as they are.
    encoded = quote(path.encode(errors="surrogateescape"))
    return f"file://{encoded}" if path.startswith("/") else encoded
