"""The builder where onnx is not installed; tests/testing/test_onnx_forms.py is about where it is."""

from __future__ import annotations

import sys

import pytest

from nnspec.errors import MissingExtraError
from nnspec.onnx_builder import OnnxBuilder


def test_a_graph_grows_without_onnx_and_its_model_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "onnx", None)
    op = OnnxBuilder("float32")
    y = op.Add(op.Relu("x"), op.constant(1))
    assert [node.operator for node in op.nodes] == ["Relu", "Add"]
    with pytest.raises(MissingExtraError, match=r"pip install 'nnspec\[onnx\]'"):
        op.model({"x": (None,)}, {y: (None,)})


def test_equal_numbers_are_one_constant_and_zeros_of_two_signs_are_two():
    op = OnnxBuilder("float32")
    assert op.constant(1) == op.constant(1.0) != op.constant([1.0])
    assert op.constant(0.0) != op.constant(-0.0)


def test_what_is_no_operator_is_an_attribute_error():
    with pytest.raises(AttributeError, match="'relu' is neither a method nor an operator"):
        OnnxBuilder("float32").relu("x")
