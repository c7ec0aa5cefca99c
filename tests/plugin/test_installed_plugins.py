"""Installed distributions: found by entry point, switched off by the environment, named if broken."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from nnspec.plugin.manager import load_plugins

MODULE = """
import nnspec

@nnspec.hookimpl
def nnspec_activations():
    return [nnspec.Activation("{activation}", lambda x: x)]
"""


def install(folder, distribution, *, version="1.2.3", entry=None, text=None, activation=None):
    """Lay a distribution into a folder as pip would: a module and its metadata."""
    module = distribution.replace("-", "_")
    activation = activation or module
    (folder / f"{module}.py").write_text(text or MODULE.format(activation=activation))
    info = folder / f"{module}-{version}.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(
        f"Metadata-Version: 2.1\nName: {distribution}\nVersion: {version}\n"
    )
    (info / "entry_points.txt").write_text(f"[nnspec]\n{entry or module} = {module}\n")


@pytest.fixture
def site(tmp_path, monkeypatch):
    """A folder on the path whose distributions count as installed, and no other plugin."""
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delenv("NNSPEC_DISABLE_PLUGIN_AUTOLOAD", raising=False)
    before = set(sys.modules)
    yield tmp_path
    for name in set(sys.modules) - before:
        if str(getattr(sys.modules[name], "__file__", "")).startswith(str(tmp_path)):
            del sys.modules[name]


def fresh(monkeypatch, blocked=""):
    """Load again: the cache knows the environment, not what a test has just installed."""
    from nnspec.plugin import manager

    monkeypatch.setenv("NNSPEC_DISABLE_PLUGINS", blocked)
    manager._load_once.cache_clear()
    try:
        return load_plugins()
    finally:
        manager._load_once.cache_clear()


def by_name(registry, distribution):
    return next(p for p in registry.providers if p.distribution == distribution)


def test_an_installed_distribution_is_listed_with_its_version(site, monkeypatch):
    install(site, "wave-pack", activation="wave")
    registry = fresh(monkeypatch)
    provider = by_name(registry, "wave-pack")
    assert (provider.version, provider.status) == ("1.2.3", "loaded")
    assert provider.provides == (("activation", "wave"),)
    assert registry.origins["activation", "wave"] == provider


@pytest.mark.parametrize("named", ["wave-pack", "wave_pack", "Wave.Pack", "other, wave-pack"])
def test_a_blocked_distribution_is_not_even_imported(site, monkeypatch, named):
    install(site, "wave-pack", text="raise AssertionError('imported')")
    registry = fresh(monkeypatch, blocked=named)
    assert by_name(registry, "wave-pack").status == "blocked"


def test_autoload_can_be_switched_off_as_a_whole(site, monkeypatch):
    install(site, "wave-pack", text="raise AssertionError('imported')")
    monkeypatch.setenv("NNSPEC_DISABLE_PLUGIN_AUTOLOAD", "1")
    registry = fresh(monkeypatch)
    assert by_name(registry, "wave-pack").status == "blocked"
    assert registry.activation("relu") is not None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("import no_such_module_anywhere", "ModuleNotFoundError"),
        ("raise SystemExit(1)", "SystemExit"),
        ("import nnspec\n@nnspec.hookimpl\ndef nnspec_rules(): return [1]", "gave a list with 1"),
    ],
)
def test_a_broken_distribution_is_left_out_by_name_and_the_others_work_on(
    site, monkeypatch, text, said
):
    install(site, "broken-pack", text=text)
    install(site, "wave-pack", activation="wave")
    registry = fresh(monkeypatch)
    broken = by_name(registry, "broken-pack")
    assert broken.status == "failed"
    assert said in broken.problem
    assert registry.activation("wave") is not None


def test_two_distributions_with_one_entry_point_name_are_both_named(site, monkeypatch):
    install(site, "first-pack", entry="same", activation="first")
    install(site, "second-pack", entry="same", activation="second")
    registry = fresh(monkeypatch)
    for name in ("first-pack", "second-pack"):
        problem = by_name(registry, name).problem
        assert "first-pack 1.2.3" in problem
        assert "second-pack 1.2.3" in problem
        assert "NNSPEC_DISABLE_PLUGINS" in problem


def test_of_two_with_one_entry_point_name_a_blocked_one_is_no_conflict(site, monkeypatch):
    install(site, "first-pack", entry="same", activation="first")
    install(site, "second-pack", entry="same", activation="second")
    registry = fresh(monkeypatch, blocked="first-pack")
    assert by_name(registry, "second-pack").status == "loaded"


def test_a_failed_plugin_is_named_on_standard_error_and_the_run_goes_on(site, tmp_path):
    install(site, "broken-pack", text="import no_such_module_anywhere")
    environment = {**os.environ, "PYTHONPATH": str(site)}
    done = subprocess.run(
        [sys.executable, "-m", "nnspec", "activations"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0
    assert "relu" in done.stdout
    assert "broken-pack 1.2.3 is left out: ModuleNotFoundError" in done.stderr
    assert "Traceback" not in done.stderr
