"""What importing and running nnspec may load: nothing that is not used."""

from __future__ import annotations

import json
import subprocess
import sys


def loaded(code):
    program = f"{code}\nimport json, sys; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    return set(json.loads(done.stdout.splitlines()[-1]))


def test_importing_nnspec_loads_nothing_but_its_names():
    added = loaded("import nnspec") - loaded("pass")
    assert {name for name in added if name.split(".")[0] != "nnspec"} <= {
        "__future__",
        "typing",
    } | {name for name in added if name in loaded("import typing")}
    assert {name for name in added if name.startswith("nnspec")} == {"nnspec"}


def test_every_public_name_can_be_imported():
    import nnspec

    assert all(getattr(nnspec, name) is not None for name in nnspec.__all__)
    assert set(nnspec.__all__) <= set(dir(nnspec))


def test_a_name_that_is_not_there_is_an_attribute_error():
    import nnspec

    assert not hasattr(nnspec, "laod")


def test_a_run_loads_no_optional_package(tmp_path):
    code = (
        "import nnspec\n"
        "model = nnspec.loads('nnspec: 1\\ntask: regression\\ninput: 2\\nlayers: []\\noutput: 1\\n'\n"
        "                     'weights: {init: he_normal}')\n"
        "model([[1.0, 2.0]])"
    )
    optional = {
        "pyarrow",
        "h5py",
        "matplotlib",
        "sklearn",
        "scipy",
        "torch",
        "onnx",
        "numba",
        "ray",
    }
    assert {name.split(".")[0] for name in loaded(code)} & optional == set()


def test_nothing_built_in_is_imported_by_anything_but_the_hooks():
    """`activations` stands on top of the import layers; here it is seen at run time."""
    assert not {
        name
        for name in loaded("import nnspec.numerics, nnspec.spec.build, nnspec.schema.compose")
        if name.startswith("nnspec.activations")
    }
