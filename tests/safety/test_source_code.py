"""Promise 2: nothing in nnspec can unpickle, evaluate or load code that a file names."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MODULES = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "nnspec").rglob("*.py"))
RUNS_CODE = {"eval", "exec", "compile", "__import__"}
UNPICKLES = {"pickle", "cPickle", "dill", "cloudpickle", "joblib", "marshal", "shelve"}
FETCHES = {"urllib.request", "http", "socket", "requests", "ftplib", "subprocess"}
STARTS = {"nnspec/bench/process.py", "nnspec/engines/numba/maker.py"}
"""These start this Python on a module of nnspec, and no program that a file names."""
SPEAKS = {"nnspec/engines/numba/maker.py", "nnspec/engines/numba/making.py"}
"""These speak marshal with each other through a pipe, and read no file with it."""
LOADERS = {"load", "load_all", "unsafe_load", "full_load", "UnsafeLoader", "FullLoader", "Loader"}


@pytest.mark.parametrize("module", MODULES)
def test_no_module_runs_or_fetches_what_a_file_says(module):
    for node in ast.walk(ast.parse((ROOT / module).read_text())):
        match node:
            case ast.Call(func=ast.Name(id=name)):
                assert name not in RUNS_CODE, f"{module}:{node.lineno} calls {name}"
            case ast.keyword(arg="allow_pickle", value=ast.Constant(value=value)):
                assert value is False, f"{module}:{node.value.lineno} allows pickles"
            case ast.Import(names=names):
                imported = {alias.name for alias in names}
                allowed = {"subprocess"} if module in STARTS else set()
                allowed |= {"marshal"} if module in SPEAKS else set()
                assert not imported & (UNPICKLES | FETCHES) - allowed, f"{module}:{node.lineno}"
            case ast.ImportFrom(module=str(name)):
                assert name not in UNPICKLES | FETCHES, f"{module}:{node.lineno}"
            case ast.Attribute(value=ast.Name(id="yaml"), attr=name):
                assert name not in LOADERS, f"{module}:{node.lineno} uses yaml.{name}"
            case ast.Attribute(value=ast.Name(id="np"), attr="load"):
                pytest.fail(f"{module}:{node.lineno} uses numpy's own loader")


@pytest.mark.parametrize(
    "code", ["eval('1')", "import pickle", "np.load(x)", "f(allow_pickle=True)"]
)
def test_the_search_finds_what_it_looks_for(code, tmp_path, monkeypatch):
    monkeypatch.setattr(f"{__name__}.ROOT", tmp_path)
    (tmp_path / "m.py").write_text(code)
    with pytest.raises((AssertionError, pytest.fail.Exception)):
        test_no_module_runs_or_fetches_what_a_file_says("m.py")
