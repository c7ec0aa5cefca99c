"""What a beginner types: each sentence names the fault, and the command that was meant."""

from __future__ import annotations

import io
import json
import zipfile

import numpy as np
import pytest

BRACKETS = "rows are written in brackets and quotes: nnspec run textbook.yaml"


@pytest.fixture
def folder(tmp_path, textbook, monkeypatch):
    """Data, weights and other files beside the textbook's spec."""
    monkeypatch.chdir(tmp_path)
    np.save("x.npy", [[1.0, 0.5]])
    for name in ("x.csv", "table.csv"):
        (tmp_path / name).write_text("1.0,0.5\n")
    (tmp_path / "rows.json").write_text("[[1.0, 0.5]]")
    (tmp_path / "sheet.xlsx").write_bytes(b"PK\x03\x04")
    (tmp_path / "w.safetensors").write_bytes(b"\x02\0\0\0\0\0\0\0{}")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "x.csv").write_text("1.0,0.5\n")
    return tmp_path


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("x.npy textbook.yaml", "SPEC comes first, then DATA: nnspec run textbook.yaml x.npy"),
        ("[1,2] textbook.yaml", "SPEC comes first, then DATA: nnspec run textbook.yaml '[1,2]'"),
        ("sheet.xlsx textbook.yaml", "SPEC comes first; sheet.xlsx is a spreadsheet: save the sheet as CSV"),
        ("textbook.yaml 1.0 0.5", f"{BRACKETS} '[1.0, 0.5]'"),
        ("textbook.yaml 1.0,0.5", f"{BRACKETS} '[1.0, 0.5]'"),
        ("textbook.yaml 0.5", f"{BRACKETS} '[0.5]'"),
        ("textbook.yaml (1;-.5)", f"{BRACKETS} '[1, -0.5]'"),
        ("textbook.yaml [1.0, 0.5]", f"{BRACKETS} '[1.0, 0.5]'"),
        ("textbook.yaml [[1,2], [3,4]]", f"{BRACKETS} '[[1,2], [3,4]]'"),
        ("textbook.yaml 1 2 3 4 5 6 7", f"{BRACKETS} '[1, 2, 3, 4, 5, 6, …]'"),
        ("textbook.yaml x.npy y.csv", "if it is the output: nnspec run textbook.yaml x.npy -o y.csv"),
        ("textbook.yaml https://a.b/x.csv", "is a URL, and nothing is fetched; download the file first"),
        ("textbook.yaml sub", "several DATA, or a folder, need -o FOLDER"),
    ],
)  # fmt: skip
def test_wrong_usage_is_told_with_the_command_that_was_meant(call, folder, words, said):
    done = call("run", *words.split())
    assert (done.status, done.out, done.err.count("\n")) == (2, "", 1)
    assert said in done.err


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("sheet.xlsx", "a spreadsheet is not read as data; save the sheet as CSV"),
        ("rows.json", "nnspec run SPEC - < rows.json"),
        ("w.safetensors", "nnspec run SPEC DATA --weights w.safetensors"),
        ("textbook.yaml", "a spec is given as DATA, which are rows, as in nnspec run textbook.yaml '[1.0, 0.5]'"),
        ("*.csvv", "no file fits the pattern '*.csvv'"),
        ("tabel.csv", "no such file or directory; did you mean 'table.csv'?"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_data_is_told_with_what_to_do(call, folder, word, said):
    done = call("run", "textbook.yaml", word)
    assert (done.status, done.out, done.err.count("\n")) == (1, "", 1)
    assert said in done.err


def test_a_row_in_braces_and_an_empty_word_are_told(call, folder):
    assert "a row is a list in JSON" in call("run", "textbook.yaml", '{"a": 1}').err
    assert "was a variable of the shell not set" in call("run", "textbook.yaml", "").err


def test_a_file_whose_name_is_a_number_is_a_file(call, folder):
    (folder / "1.0").write_text("1.0,0.5\n")
    assert "tells no format" in call("run", "textbook.yaml", "1.0").err


def test_trace_teaches_as_run_does(call, folder):
    said = call("trace", "textbook.yaml", "1.0", "0.5").err
    assert "in brackets and quotes: nnspec trace textbook.yaml '[1.0, 0.5]'" in said
    assert "nnspec trace textbook.yaml x.npy" in call("trace", "x.npy", "textbook.yaml").err
    assert "trace takes one DATA" in call("trace", "textbook.yaml", "x.npy", "x.csv").err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("run", "For example: nnspec run specs/textbook.yaml '[1.0, 0.5]'"),
        ("run textbook.yaml", "For example: nnspec run specs/textbook.yaml '[1.0, 0.5]'"),
        ("show", "For example: nnspec show specs/digits.yaml"),
        ("show a.yaml b.yaml", "For example: nnspec show specs/digits.yaml"),
        ("run textbook.yaml -1.0 0.5", "Rows are written in brackets and quotes: '[-1.0, 0.5]'"),
        ("textbook.yaml x.npy", "a command comes before SPEC: nnspec run textbook.yaml x.npy"),
    ],
)
def test_too_few_or_too_many_words_are_answered_with_an_example(call, folder, words, said):
    done = call(*words.split())
    assert (done.status, done.out) == (2, "")
    assert said in done.err


def _saved(save):
    stream = io.BytesIO()
    save(stream, np.zeros((3, 2)))
    return stream.getvalue()


def _torch(path):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("model/data.pkl", b"\x80\x02.")


def _safetensors(path):
    head = json.dumps({"w": {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]}}).encode()
    path.write_bytes(len(head).to_bytes(8, "little") + head + b"\0\0\0\0")


MADE = {
    "x.npy": lambda path: path.write_bytes(_saved(np.save)),
    "x.npz": lambda path: path.write_bytes(_saved(np.savez)),
    "x.csv": lambda path: path.write_text("a,b\n1,2\n"),
    "x.tsv": lambda path: path.write_text("a\tb\n1\t2\n"),
    "x.jsonl": lambda path: path.write_text("[1, 2]\n[3, 4]\n"),
    "x.json": lambda path: path.write_text("[[1, 2]]"),
    "w.safetensors": _safetensors,
    "m.pt": _torch,
    "m.pth": lambda path: path.write_bytes(b"\x80\x02\x8a\nl\xfc\x9cF\xf9 j\xa8P\x19."),
    "m.onnx": lambda path: path.write_bytes(b"\x08\x0a\x12\x07pytorch:\xb7\x02\n"),
}
SAID = {
    "x.npy": ("a NumPy array", "nnspec run SPEC x.npy"),
    "x.npz": ("an archive of NumPy arrays", "nnspec run SPEC x.npz"),
    "x.csv": ("a table of data", "nnspec run SPEC x.csv"),
    "x.tsv": ("a table of data", "nnspec run SPEC x.tsv"),
    "x.jsonl": ("data in JSON Lines", "nnspec run SPEC x.jsonl"),
    "x.json": ("an array in JSON", "nnspec run SPEC - < x.json"),
    "w.safetensors": ("a weights file of safetensors", "nnspec new spec.yaml --from w.safetensors"),
    "m.pt": ("a model saved by PyTorch", "safetensors.torch.save_file"),
    "m.pth": ("a model saved by PyTorch", "safetensors.torch.save_file"),
    "m.onnx": ("an ONNX model", "nnspec new spec.yaml --from FILE"),
}


@pytest.mark.parametrize("command", ["validate", "show", "bench", "run"])
@pytest.mark.parametrize("name", SAID)
def test_another_file_in_the_place_of_a_spec_is_named_with_its_use(call, folder, name, command):
    MADE[name](folder / name)
    what, use = SAID[name]
    done = call(command, name, *(["[1, 2]"] if command == "run" else []))
    assert done.status == 1
    assert f"{name}:1:1: error[unreadable-spec]: this is {what}, not a spec" in done.out + done.err
    assert use in done.out + done.err


@pytest.mark.parametrize("name", ["x.npy", "x.npz", "w.safetensors", "m.pt", "m.onnx"])
def test_a_binary_file_is_known_under_any_name(call, folder, name):
    MADE[name](folder / "spec.yaml")
    assert f"this is {SAID[name][0]}" in call("show", "spec.yaml").err


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("txetbook.yaml", "did you mean 'textbook.yaml'?"),
        ("textbook", "did you mean 'textbook.yaml'?"),
        ("*.yamll", "no file fits this pattern"),
        ("-", "only nnspec validate reads a spec from standard input"),
        ("https://a.b/c.yaml", "this is a URL, and nothing is fetched"),
        ("sub", "this is a folder, and a spec is a file"),
    ],
)
def test_a_spec_that_is_not_there_is_told_with_what_was_meant(call, folder, word, said):
    done = call("run", word, "[1.0, 0.5]")
    assert (done.status, done.out) == (1, "")
    assert said in done.err
