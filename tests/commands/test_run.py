"""nnspec run as its users call it: every way in, every way out, every kind of thing to emit."""

from __future__ import annotations

import io
import json

import numpy as np
import pytest

Y = [0.31682708, 0.69627909]
"""The textbook's outputs for [1.0, 0.5], as it prints them."""

CLASSES = """\
nnspec: 1
task: {task}
dtype: float64
input: {{size: 2, features: [b, a]}}
layers: []
output: {{size: {size}, labels: [{labels}]}}
weights:
  values:
    output.weight: {weight}
    output.bias: {bias}
"""


def table(text):
    rows = [line.split(",") for line in text.strip().split("\n")]
    return rows[0], np.array(rows[1:], dtype=float)


@pytest.fixture
def classes(tmp_path):
    """Three classes whose logits are b, a and 0."""
    text = CLASSES.format(
        task="multiclass",
        size=3,
        labels="left, right, =none",
        weight="[[1, 0, 0], [0, 1, 0]]",
        bias="[0, 0, 0]",
    )
    (tmp_path / "classes.yaml").write_text(text)


def test_rows_on_the_command_line_give_csv_with_a_header(nnspec_command, textbook):
    done = nnspec_command("run", "textbook.yaml", "[1.0, 0.5]")
    assert (done.returncode, done.stderr) == (0, "")
    head, values = table(done.stdout)
    assert head == ["output0", "output1"]
    np.testing.assert_allclose(values, [Y], atol=5e-9, rtol=0)


def save_npy(path, x):
    np.save(path, x)


def save_npz(path, x):
    np.savez(path, x)


def save_csv(path, x):
    np.savetxt(path, x, delimiter=",", fmt="%.17g")


def save_tsv(path, x):
    np.savetxt(path, x, delimiter="\t", header="p\tq", comments="", fmt="%.17g")


def save_jsonl(path, x):
    path.write_text("".join(json.dumps(row) + "\n" for row in x.tolist()))


def save_parquet(path, x):
    arrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    parquet.write_table(arrow.table({"p": x[:, 0], "q": x[:, 1]}), path)


FORMATS = {
    ".npy": save_npy,
    ".npz": save_npz,
    ".csv": save_csv,
    ".tsv": save_tsv,
    ".jsonl": save_jsonl,
    ".parquet": save_parquet,
}


def read_back(path):
    match path.suffix:
        case ".npy":
            return np.load(path)
        case ".npz":
            return np.load(path)["outputs"]
        case ".csv" | ".tsv":
            return np.loadtxt(
                path, delimiter="," if path.suffix == ".csv" else "\t", skiprows=1, ndmin=2
            )
        case ".jsonl":
            rows = [json.loads(line) for line in path.read_text().splitlines()]
            return np.array([[row["output0"], row["output1"]] for row in rows])
        case ".parquet":
            from pyarrow import parquet

            return np.column_stack(
                [column.to_numpy() for column in parquet.read_table(path).columns]
            )


@pytest.mark.parametrize(
    ("into", "out"), [*((form, ".npy") for form in FORMATS), *((".npy", form) for form in FORMATS)]
)
def test_every_format_goes_in_and_every_format_comes_out(
    nnspec_command, textbook, tmp_path, into, out
):
    FORMATS[into](tmp_path / f"my rows{into}", np.array([[1.0, 0.5], [1.0, 0.5]]))
    done = nnspec_command("run", "textbook.yaml", f"my rows{into}", "-o", f"y{out}")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    np.testing.assert_allclose(read_back(tmp_path / f"y{out}"), [Y, Y], atol=5e-9, rtol=0)
    assert not list(tmp_path.glob(".*"))


@pytest.mark.parametrize("form", FORMATS)
def test_standard_input_is_known_by_its_first_bytes(nnspec_command, textbook, tmp_path, form):
    FORMATS[form](tmp_path / f"x{form}", np.array([[1.0, 0.5]]))
    done = nnspec_command(
        "run", "textbook.yaml", "-", stdin=(tmp_path / f"x{form}").read_bytes(), text=False
    )
    assert done.returncode == 0, done.stderr
    np.testing.assert_allclose(table(done.stdout.decode())[1], [Y], atol=5e-9, rtol=0)


@pytest.mark.parametrize(
    "x",
    [
        np.array([[8, 4]], dtype=np.int64),
        np.array([[8, 4]], dtype=np.uint8),
        np.array([[8, 4]], dtype=">f4"),
        np.array([[8, 4]], dtype=">i2"),
        np.array([[8, 4]], dtype=np.float16),
        np.array([8.0, 4.0]),
        np.asfortranarray(np.array([[8.0, 4.0], [8.0, 4.0]])),
        np.array([[[8.0], [4.0]]]),
    ],
    ids=["int64", "uint8", "big-endian", "big-endian int", "float16", "1-D", "Fortran", "3-D"],
)
def test_any_array_of_numbers_is_taken(nnspec_command, textbook, tmp_path, x):
    np.save(tmp_path / "x.npy", x)
    spec = textbook.read_text().replace(
        "input: 2", "input: {size: 2, normalize: {mean: 0, std: 8}}"
    )
    textbook.write_text(spec)
    done = nnspec_command("run", "textbook.yaml", "x.npy")
    assert done.returncode == 0, done.stderr
    np.testing.assert_allclose(table(done.stdout)[1][0], Y, atol=5e-9, rtol=0)


@pytest.mark.parametrize("shape", [(0, 2), (0,)])
def test_no_rows_give_no_rows(nnspec_command, textbook, tmp_path, shape):
    np.save(tmp_path / "x.npy", np.zeros(shape))
    assert nnspec_command("run", "textbook.yaml", "x.npy").stdout == "output0,output1\n"
    nnspec_command("run", "textbook.yaml", "x.npy", "-o", "y.npy")
    assert np.load(tmp_path / "y.npy").shape == (0, 2)


def test_features_are_picked_by_name_and_labels_are_texts(nnspec_command, classes, tmp_path):
    (tmp_path / "x.csv").write_text("id,a,b\nfirst,1,2\nsecond,3,-1\nthird,-1,-2\n")
    done = nnspec_command("run", "classes.yaml", "x.csv", "--emit", "labels", "--keep", "id")
    assert done.stdout.splitlines() == ["id,label", "first,left", "second,right", "third,'=none"]


def test_labels_are_int64_in_npy_and_minus_one_where_a_row_holds_nan(
    nnspec_command, classes, tmp_path
):
    np.save(tmp_path / "x.npy", [[2.0, 1.0], [np.nan, 1.0], [-1.0, 3.0]])
    done = nnspec_command("run", "classes.yaml", "x.npy", "--emit", "labels", "-o", "y.npy")
    labels = np.load(tmp_path / "y.npy")
    assert (labels.dtype, labels.tolist()) == (np.int64, [0, -1, 1])
    assert "1 of 3 rows hold NaN or infinity, the first of them row 1" in done.stderr
    done = nnspec_command("run", "classes.yaml", "x.npy", "--nan", "fail", "-o", "z.npy")
    assert (done.returncode, (tmp_path / "z.npy").exists()) == (1, False)
    assert "row 1, input 0 is nan" in done.stderr


def test_columns_are_named_by_the_labels_and_probabilities_sum_to_one(nnspec_command, classes):
    head, values = table(nnspec_command("run", "classes.yaml", "[[0.0, 0.0]]").stdout)
    assert head == ["left", "right", "'=none"]
    np.testing.assert_allclose(values, [[1 / 3] * 3], rtol=1e-15)


def test_logits_and_layers_can_be_emitted(nnspec_command, textbook):
    head, a3 = table(
        nnspec_command("run", "textbook.yaml", "[1.0, 0.5]", "--emit", "logits").stdout
    )
    np.testing.assert_allclose(a3, [Y], atol=5e-9, rtol=0)
    head, z1 = table(
        nnspec_command("run", "textbook.yaml", "[1.0, 0.5]", "--emit", "layer:dense1").stdout
    )
    assert head == ["dense1_0", "dense1_1", "dense1_2"]
    np.testing.assert_allclose(z1, [[0.57444252, 0.66818777, 0.75026011]], atol=5e-9, rtol=0)


def test_several_data_and_folders_give_a_folder_with_the_same_names(
    nnspec_command, textbook, tmp_path
):
    folder = tmp_path / "in"
    folder.mkdir()
    np.save(folder / "one.npy", [[1.0, 0.5]])
    (folder / "two.csv").write_text("1.0,0.5\n")
    (folder / "notes.txt").write_text("no data")
    assert nnspec_command("run", "textbook.yaml", "in", "-o", "out").returncode == 0
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["one.npy", "two.csv"]
    np.testing.assert_allclose(np.load(tmp_path / "out" / "one.npy"), [Y], atol=5e-9, rtol=0)


def test_the_batch_size_changes_no_bit(nnspec_command, textbook, tmp_path):
    np.save(tmp_path / "x.npy", np.random.default_rng(0).standard_normal((1000, 2)))
    for size in (1, 7, 1000):
        nnspec_command("run", "textbook.yaml", "x.npy", "-o", f"{size}.npy", "--batch-size", size)
    whole = np.load(tmp_path / "1000.npy").tobytes()
    assert np.load(tmp_path / "1.npy").tobytes() == whole
    assert np.load(tmp_path / "7.npy").tobytes() == whole


def test_output_over_its_own_input_is_whole(nnspec_command, textbook, tmp_path):
    x = np.random.default_rng(0).standard_normal((100_000, 2))
    np.save(tmp_path / "x.npy", x)
    nnspec_command("run", "textbook.yaml", "x.npy", "-o", "y.npy")
    nnspec_command("run", "textbook.yaml", "x.npy", "-o", "x.npy")
    assert (tmp_path / "x.npy").read_bytes() == (tmp_path / "y.npy").read_bytes()


def _npy(x, **options):
    stream = io.BytesIO()
    np.save(stream, x, **options)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("x.npy", b"", "empty"),
        ("x.csv", b"", "empty"),
        ("x.npy", b"\x00\xff\x01rubbish" * 9, "x.npy"),
        ("x.npz", b"\x00\xff\x01rubbish" * 9, "x.npz"),
        ("x.csv", b"\x00\xff\x01rubbish" * 9, "x.csv"),
        ("x.jsonl", b"\x00\xff\x01rubbish" * 9, "x.jsonl"),
        ("x.parquet", b"\x00\xff\x01rubbish" * 9, "x.parquet"),
        ("x.npy", _npy(np.zeros((100, 2)))[:-5], "1,600 bytes, 1,595 are there"),
        ("x.npy", _npy(np.array([{}, []], dtype=object), allow_pickle=True), "Python objects"),
        ("x.npy", _npy(np.zeros((3, 5))), "2 inputs expected, the data have 5 columns"),
        ("x.csv", b"1,2\n3,4\n5\n", "line 3"),
        ("x.csv", b"a,b\n1,2\n3,zwei\n", "line 3"),
        ("x.csv", b"1,2,3\n", "3 columns"),
        ("x.txt", b"1,2\n", ".csv"),
    ],
)
def test_bad_data_is_one_sentence_and_leaves_nothing(
    nnspec_command, textbook, tmp_path, name, content, said
):
    (tmp_path / name).write_bytes(content)
    done = nnspec_command("run", "textbook.yaml", name, "-o", "y.npy")
    assert done.returncode == 1
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted([name, "textbook.yaml"])


def test_a_missing_file_and_a_missing_output_folder_are_named(nnspec_command, textbook):
    done = nnspec_command("run", "textbook.yaml", "nowhere.npy")
    assert (done.returncode, "nowhere.npy" in done.stderr) == (1, True)
    done = nnspec_command("run", "textbook.yaml", "[1, 2]", "-o", "no/such/folder/y.npy")
    assert (done.returncode, "no/such/folder/y.npy" in done.stderr) == (1, True)
