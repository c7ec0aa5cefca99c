"""What the tests of the compiled engine share."""

from __future__ import annotations

import pytest


@pytest.fixture(scope="module")
def own_cache(tmp_path_factory):
    """Keep machine code in a folder of the test module's own."""
    from nnspec.engines.numba import store

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NUMBA_CACHE_DIR", str(tmp_path_factory.mktemp("cache")))
        store._folder.cache_clear()
        yield
    store._folder.cache_clear()
