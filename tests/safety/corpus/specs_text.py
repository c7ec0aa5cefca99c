"""Specs whose text is hostile or odd: encodings, syntax, bombs, scalars, tags, merges."""

from __future__ import annotations

import codecs

from corpus import SUM, VALUES, Case


def refused(name: str, text: str | bytes, code: str) -> Case:
    return Case(name, {"spec.yaml": text}, 1, f"[{code}]")


def fine(name: str, text: str | bytes) -> Case:
    return Case(name, {"spec.yaml": text}, 0, "no faults")


def changed(old: str, new: str) -> str:
    assert old in SUM
    return SUM.replace(old, new)


def chain(first: str, link: str, steps: int) -> str:
    return first + "".join(link.format(i=i, j=i - 1) for i in range(1, steps))


ALIASES = chain("a0: &a0 [0]\n", "a{i}: &a{i} [" + "*a{j}, " * 9 + "]\n", 20)
MERGES = chain("a0: &a0 {k: 0}\n", "a{i}: &a{i} {{<<: [*a{j}, *a{j}], k{i}: 1}}\n", 60)
BOMBS = {
    "aliases of aliases": ALIASES,
    "merges of merges": MERGES,
    "a million flow levels": "[" * 1_000_000,
    "101 flow levels": "[" * 101 + "]" * 101,
    "1,500 block levels": "\n".join(" " * i + "a:" for i in range(1500)),
    "a million dashes": "- " * 1_000_000,
    "a million question marks": "? " * 1_000_000,
    "100,000 tag handles": "".join(f"%TAG !a{i}! x\n" for i in range(100_000)) + "--- a\n",
    "one byte over 4 MiB": "a" * (4 * 2**20 + 1),
    "a million items": "- 1\n" * 1_000_000,
    "a bomb under a real key": SUM
    + "x: &x [0]\ny: &y ["
    + "*x, " * 9000
    + "]\nz: ["
    + "*y, " * 99
    + "]\n",
}
LONG = {
    "a key of 3 MB": '? "' + "k" * 3_000_000 + '"\n: 1\n',
    "a value of 3 MB": SUM + "x: " + "v" * 3_000_000 + "\n",
    "90,000 keys": SUM + "".join(f"k{i}: 1\n" for i in range(90_000)),
    "90,000 equal keys": SUM + "k: 1\n" * 45_000,
    "3 MB of one line of flow": SUM + "x: [" + "0," * 99_000 + "0]\n",
    "30,000 misspelt layers": SUM.replace("[]", "[" + "{sise: 3}, " * 9_000 + "]"),
    "90,000 labels": SUM + "x: [" + "aaaaaaaaaa, " * 90_000 + "]\n",
}

CASES = [
    fine("the plain sum", SUM),
    # Encodings and characters
    refused("empty", b"", "empty-spec"),
    refused("only a comment", "# nothing\n", "empty-spec"),
    refused("only a null", "~\n", "bad-type"),
    refused("zero bytes", bytes(100), "invalid-character"),
    refused("UTF-32", SUM.encode("utf-32"), "invalid-character"),
    refused("UTF-16 without a mark", SUM.encode("utf-16-le"), "invalid-character"),
    fine("UTF-16 with a mark", codecs.BOM_UTF16_LE + SUM.encode("utf-16-le")),
    fine("UTF-16 big-endian with a mark", codecs.BOM_UTF16_BE + SUM.encode("utf-16-be")),
    refused("UTF-16 cut in half a character", codecs.BOM_UTF16_LE + SUM.encode("utf-16-le")[:-1], "encoding"),
    fine("UTF-8 with a mark", codecs.BOM_UTF8 + SUM.encode()),
    refused("Latin-1", changed("nnspec: 1\n", "nnspec: 1\nname: Größe\n").encode("latin-1"), "encoding"),
    refused("overlong UTF-8", b"nnspec: \xc0\xb1\n", "encoding"),
    refused("half a surrogate pair in UTF-8", b"nnspec: \xed\xa0\x80\n", "encoding"),
    refused("half a surrogate pair, escaped", 'nnspec: "\\ud800"\n', "invalid-character"),
    refused("an escape code", SUM + "x: \x1b[2J\n", "invalid-character"),
    refused("a zero byte in the middle", SUM + "x: a\x00b\n", "invalid-character"),
    refused("a bell", SUM + "# \x07\n", "invalid-character"),
    fine("CR LF", SUM.replace("\n", "\r\n")),
    fine("CR alone", SUM.replace("\n", "\r")),
    fine("no newline at the end", SUM.rstrip()),
    fine("a document end", SUM + "...\n"),
    fine("a document start", "---\n" + SUM),
    fine("YAML 1.2 declared", "%YAML 1.2\n---\n" + SUM),
    fine("a comment with bidirectional marks", SUM + "# \u202ereversed\n"),
    refused("PNG", b"\x89PNG\r\n\x1a\n" + bytes(50), "encoding"),
    refused("gzip", b"\x1f\x8b\x08\x00" + bytes(50), "encoding"),
    # Syntax
    refused("two documents", SUM + "---\n" + SUM, "multiple-documents"),
    refused("an open bracket", SUM + "x: [1, 2\n", "yaml-syntax"),
    refused("an open quote", SUM + 'x: "abc\n', "yaml-syntax"),
    refused("a tab as indent", "nnspec: 1\ninput:\n\tsize: 2\n", "yaml-syntax"),
    refused("a colon in a plain value", SUM + "x: a: b\n", "yaml-syntax"),
    refused("a percent sign", SUM + "x: %a\n", "yaml-syntax"),
    refused("an at sign", SUM + "x: @a\n", "yaml-syntax"),
    refused("a dash too far left", "nnspec: 1\nlayers:\n  - {size: 1}\n - {size: 1}\n", "yaml-syntax"),
    refused("YAML 2.0 declared", "%YAML 2.0\n---\n" + SUM, "yaml-syntax"),
    refused("a version of 5,000 digits", f"%YAML 1.{'9' * 5000}\n---\n" + SUM, "yaml-syntax"),
    refused("a Jinja template", "nnspec: 1\ninput: {{ size }}\n", "invalid-key"),
    refused("a merge conflict", SUM + "<<<<<<< HEAD\n=======\n>>>>>>> x\n", "yaml-syntax"),
    fine("JSON", '{"nnspec": 1, "task": "regression", "input": 2, "layers": [], "output": 1}'),
    fine("JSON with everything", '{"nnspec":1,"task":"regression","input":2,"layers":[],"output":1,"weights":{"init":"zeros","seed":1}}'),
    # Keys
    refused("a key twice", SUM + "input: 3\n", "duplicate-key"),
    refused("a key twice, once in quotes", SUM + '"input": 3\n', "duplicate-key"),
    refused("a list as key", SUM + "? [1, 2]\n: 1\n", "invalid-key"),
    refused("an unknown key", SUM + "extra: 1\n", "unknown-key"),
    refused("a number as key", SUM + "1: 1\n", "unknown-key"),
    refused("null as key", SUM + "~: 1\n", "unknown-key"),
    refused("an empty key", SUM + '"": 1\n', "unknown-key"),
    refused("a key of pointer signs", SUM + '"a/b~1%25": 1\n', "unknown-key"),
    refused("a key that could pollute a prototype", SUM + "__proto__: {x: 1}\n", "unknown-key"),
    refused("a key with an escape code", SUM + '"\\e[31mred": 1\n', "unknown-key"),
    refused("a key with a newline", SUM + '"a\\nerror: b": 1\n', "unknown-key"),
    # Anchors, aliases and merges
    refused("an alias to nothing", SUM + "x: *nowhere\n", "unknown-alias"),
    refused("an alias within its own anchor", SUM + "x: &a [*a]\n", "unknown-alias"),
    refused("a merge of itself", SUM + "x: &a {<<: *a}\n", "unknown-alias"),
    refused("a merge of a number", SUM + "x: {<<: 1}\n", "invalid-merge"),
    refused("two merges", SUM + "x: {<<: {a: 1}, <<: {b: 1}}\n", "duplicate-key"),
    fine("an alias", changed("input: 2", "input: &two 2").replace("output: 1", "output: 1\nname: *two").replace("name: *two", "description: d")),
    fine("layers by alias and merge", changed("layers: []", "layers: [&l {size: 3, activation: relu}, *l, {<<: *l, size: 2}]").replace(VALUES, "{init: zeros, seed: 1}")),
    fine("an unused anchor", changed("input: 2", "input: &unused 2")),
    # Tags
    refused("a Python object", SUM + "x: !!python/object/apply:os.system ['touch ran']\n", "unknown-tag"),
    refused("a Python name", SUM + "x: !!python/name:os.system\n", "unknown-tag"),
    refused("a Python module", SUM + "x: !!python/module:os\n", "unknown-tag"),
    refused("a new Python object", SUM + "x: !!python/object/new:os.system [id]\n", "unknown-tag"),
    refused("a Ruby object", SUM + "x: !ruby/object:Gem {}\n", "unknown-tag"),
    refused("a Java object", SUM + 'x: !!javax.script.ScriptEngineManager [!!java.net.URL ["http://x/"]]\n', "unknown-tag"),
    refused("an include", SUM + "x: !include /etc/passwd\n", "unknown-tag"),
    refused("an environment variable", SUM + "x: !env HOME\n", "unknown-tag"),
    refused("binary", SUM + "x: !!binary AAAA\n", "unknown-tag"),
    refused("a set", SUM + "x: !!set {a}\n", "unknown-tag"),
    refused("a time stamp by tag", SUM + "x: !!timestamp x\n", "unknown-tag"),
    refused("an int that is none", changed("input: 2", "input: !!int two"), "invalid-scalar"),
    refused("an empty int", changed("input: 2", "input: !!int ''"), "invalid-scalar"),
    refused("a bool that is none", changed("input: 2", "input: !!bool maybe"), "invalid-scalar"),
    fine("core tags", changed("input: 2", "input: !!int '2'").replace("task: r", "task: !!str r")),
    fine("a tag handle of the core", "%TAG !c! tag:yaml.org,2002:\n---\n" + changed("input: 2", "input: !c!int 2")),
    # Scalars
    fine("a size as 0o2", changed("input: 2", "input: 0o2")),
    fine("a size as 0x2", changed("input: 2", "input: 0x2")),
    fine("a size as +2", changed("input: 2", "input: +2")),
    fine("a size as 002", changed("input: 2", "input: 002")),
    refused("a size as 2.0", changed("input: 2", "input: 2.0"), "bad-type"),
    refused("a size as 2e0", changed("input: 2", "input: 2e0"), "bad-type"),
    refused("a size as 1_0", changed("input: 2", "input: 1_0"), "bad-type"),
    refused("a size in other digits", changed("input: 2", "input: ٢"), "bad-type"),
    refused("a size in quotes", changed("input: 2", "input: '2'"), "bad-type"),
    refused("a size as true", changed("input: 2", "input: true"), "bad-type"),
    refused("a size of no", changed("input: 2", "input: no"), "bad-type"),
    refused("a size in sexagesimal", changed("input: 2", "input: 1:30"), "bad-type"),
    refused("a size of NaN", changed("input: 2", "input: .nan"), "bad-type"),
    refused("a size of infinity", changed("input: 2", "input: .inf"), "bad-type"),
    refused("a size of 0", changed("input: 2", "input: 0"), "bad-range"),
    refused("a size of -1", changed("input: 2", "input: -1"), "bad-range"),
    refused("a size of 1e400", changed("input: 2", "input: 1e400"), "invalid-scalar"),
    refused("a size of 5,000 digits", changed("input: 2", "input: " + "9" * 5000), "invalid-scalar"),
    refused("a size of 4,300 digits", changed("input: 2", "input: " + "9" * 4300), "bad-range"),
    refused("a date that is none", SUM + "x: 2001-13-45\n", "unknown-key"),
    refused("a version of another kind", changed("nnspec: 1", "nnspec: '1'"), "bad-type"),
    refused("a version of true", changed("nnspec: 1", "nnspec: true"), "bad-type"),
    refused("a version of 1.0", changed("nnspec: 1", "nnspec: 1.0"), "bad-type"),
    refused("version 2", changed("nnspec: 1", "nnspec: 2"), "bad-version"),
    *(refused(name, text, "spec-too-large") for name, text in BOMBS.items()),
    *(Case(name, {"spec.yaml": text}, 1) for name, text in LONG.items()),
]  # fmt: skip
