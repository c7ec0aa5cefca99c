"""Rows as text, .csv .tsv .jsonl and JSON on the command line, that are hostile or odd."""

from __future__ import annotations

import codecs

from corpus import SUM, Case


def refused(name: str, text: str | bytes, says: str, suffix: str = "csv") -> Case:
    return Case(
        f"{suffix}: {name}",
        {"spec.yaml": SUM, f"x.{suffix}": text},
        1,
        says,
        ("run", "spec.yaml", f"x.{suffix}"),
    )


def fine(name: str, text: str | bytes, says: str, suffix: str = "csv") -> Case:
    return Case(
        f"{suffix}: {name}",
        {"spec.yaml": SUM, f"x.{suffix}": text},
        0,
        says,
        ("run", "spec.yaml", f"x.{suffix}"),
    )


def given(name: str, rows: str, status: int, says: str) -> Case:
    return Case(f"rows: {name}", {"spec.yaml": SUM}, status, says, ("run", "spec.yaml", rows))


def jsonl(name: str, text: str | bytes, says: str) -> Case:
    return refused(name, text, says, "jsonl")


NOT_NUMBERS = {
    "an underscore": "1_0", "other digits": "٣", "wide digits": "１", "hexadecimal": "0x1F", "a suffix": "1f",
    "a decimal comma": '"1,5"', "an expression": "1+1", "a formula": "=1+1", "a date": "2001-01-01", "true": "true",
    "beyond float64": "1e400", "a letter": "x", "an escape": "\x1b[31m", "a wide space": "1\u30002", "an imaginary": "1j",
    "code": "__import__('os').system('touch ran')", "a percent": "5%", "a zero byte": "1\x00",
}  # fmt: skip
CASES = [
    fine("a plain table", "a,b\n1,2\n", "3"),
    fine("no header", "1,2\n3,4\n", "7"),
    fine("a byte order mark", codecs.BOM_UTF8 + b"a,b\n1,2\n", "3"),
    fine("CR LF", "a,b\r\n1,2\r\n", "3"),
    fine("no newline at the end", "a,b\n1,2", "3"),
    fine("numbers in quotes", '"a","b"\n"1","2"\n', "3"),
    fine("spaces around numbers", "a,b\n 1 , 2\n", "3"),
    fine("blank lines", "a,b\n\n1,2\n\n\n", "3"),
    fine("NaN and infinity", "a,b\nnan,1\ninf,1\n-inf,1\n", "inf"),
    fine("a name of formulas and marks", "=1+1,\u202eb\n1,2\n", "3"),
    fine("numbers of 400 digits", "a,b\n0." + "1" * 400 + ",2\n", "2.1"),
    fine("the smallest numbers", "a,b\n5e-324,-0.0\n", "0"),
    fine("1e-400 is 0", "a,b\n1e-400,2\n", "2"),
    *(refused(n, f"a,b\n1,2\n1,{t}\n", "x.csv") for n, t in NOT_NUMBERS.items()),
    refused("empty", "", "is empty"),
    refused("blank", "\n\n \n", "is empty"),
    refused("beyond float32", "a,b\n1e300,2\n", "out of the range"),
    refused("a column too many", "a,b,c\n1,2,3\n", "2 inputs expected"),
    refused("a column too few", "a\n1\n", "2 inputs expected"),
    refused("a row too long", "a,b\n1,2\n1,2,3\n", "line 3"),
    refused("a row too short", "a,b\n1,2\n1\n", "line 3"),
    refused("an empty cell", "a,b\n1,\n", "line 2"),
    refused("semicolons", "a;b\n1;2\n", "semicolons"),
    refused("tabs", "a\tb\n1\t2\n", "tabs"),
    refused("Latin-1", "größe,b\n1,2\n".encode("latin-1"), "not UTF-8"),
    refused("UTF-16", "a,b\n1,2\n".encode("utf-16"), "UTF-16"),
    refused("zero bytes", bytes(1000), "x.csv"),
    refused("a PNG", b"\x89PNG\r\n\x1a\n" + bytes(99), "not UTF-8"),
    refused("an npy by another name", b"\x93NUMPY\x01\x00v\x00{}", "not UTF-8"),
    refused("an open quote", 'a,b\n"1,2\n', "does not end"),
    refused("an open quote before 2 million lines", 'a,b\n"' + "1\n" * 2_000_000, "does not end"),
    refused("text behind a quote", 'a,b\n"1"x,2\n', "line 2"),
    refused("CR alone", "a,b\r1,2\r", "x.csv"),
    refused("a line of 9 MiB", "1," + "1" * (9 << 20), "longer than 8 MiB"),
    refused("a cell of 8 MiB less 9 bytes", "1," + "1" * ((8 << 20) - 9) + "\n", "x.csv"),
    refused("2 million columns", "1," * 2_000_000 + "1\n", "columns"),
    refused("250,000 columns", "1," * 250_000 + "1\n", "2 inputs expected"),
    refused("250,000 columns in quotes", '"1",' * 250_000 + "1\n", "2 inputs expected"),
    refused("8 MiB of quotes", "a,b\n" + '"' * (8 << 20) + "\n", "x.csv"),
    refused("one quote in each of 100,000 lines", "a,b\n" + '"\n' * 100_001, "x.csv"),
    refused("names without numbers", "a,b\nc,d\n", "x.csv"),
    fine("only a header", "a,b\n", "output"),
    fine("100,000 rows", "1,2\n" * 100_000, "3"),
    fine("a plain table", "a\tb\n1\t2\n", "3", "tsv"),
    refused("commas", "a,b\n1,2\n", "commas", "tsv"),
    refused("a formula", "a\tb\n1\t=1\n", "line 2", "tsv"),
    # JSON lines
    fine("arrays", "[1, 2]\n[3, 4]\n", "7", "jsonl"),
    fine("objects in any order", '{"a": 1, "b": 2}\n{"b": 4, "a": 3}\n', "7", "jsonl"),
    fine("NaN", "[NaN, 1]\n[Infinity, 1]\n", "inf", "jsonl"),
    fine("spaces and blank lines", " [1, 2] \n\n", "3", "jsonl"),
    jsonl("empty", "", "is empty"),
    jsonl("no JSON", "x\n", "line 1"),
    jsonl("cut off", "[1, 2\n", "line 1"),
    jsonl("two values in a line", "[1, 2] [3, 4]\n", "line 1"),
    jsonl("texts", '["1", "2"]\n', "line 1"),
    jsonl("null", "[null, 1]\n", "line 1"),
    jsonl("a number alone", "1\n", "line 1"),
    jsonl("a number beyond float64", "[1e400, 1]\n", "line 1"),
    jsonl("a whole number of 5,000 digits", "[" + "9" * 5000 + ", 1]\n", "line 1"),
    jsonl("a whole number of 350 digits", "[" + "9" * 350 + ", 1]\n", "x.jsonl"),
    jsonl("a million brackets", "[" * 1_000_000 + "\n", "line 1"),
    jsonl("brackets that close", "[" * 500 + "]" * 500 + "\n", "2 inputs expected"),
    jsonl("a key twice", '{"a": 1, "a": 2}\n', "twice"),
    jsonl("a key missing", '{"a": 1, "b": 2}\n{"a": 1}\n', "line 2"),
    jsonl("a key of escapes", '{"\\u001b[31m": 1}\n', "x.jsonl"),
    jsonl("half a surrogate pair", '{"\\ud800": 1, "b": 2}\n', "surrogate"),
    jsonl("not UTF-8", b'{"\xff": 1}\n', "UTF-8"),
    jsonl("a row of other length", "[1, 2]\n[1]\n", "line 2"),
    jsonl("lists within", "[[1], [2]]\n", "line 1"),
    jsonl("a line of 9 MiB", "[" + "1," * (5 << 20) + "1]\n", "x.jsonl"),
    jsonl("250,000 keys", "{" + ",".join(f'"{i}":1' for i in range(250_000)) + "}\n", "2 inputs expected"),
    jsonl("a prototype", '{"__proto__": {"x": 1}, "b": 2}\n', "x.jsonl"),
    # Rows on the command line
    given("one", "[1, 2]", 0, "3"),
    given("two", "[[1, 2], [3, 4]]", 0, "7"),
    given("a million brackets", "[" * 100_000, 1, "nnspec:"),
    given("code", "[__import__('os').system('touch ran')]", 1, "nnspec:"),
    given("a text", '["a", "b"]', 1, "nnspec:"),
    given("an object", '[{"a": 1}]', 1, "nnspec:"),
    given("a number of 4,000 digits", "[" + "9" * 4000 + ", 1]", 1, "nnspec:"),
    given("rows of two lengths", "[[1, 2], [1]]", 1, "nnspec:"),
    given("escapes", '["\x1b[31m"]', 1, "nnspec:"),
    given("a file that is not there", "nowhere.csv", 1, "nowhere.csv"),
    given("a name of escapes", "\x1b[31m\n.csv", 1, "nnspec:"),
    given("a name with a zero byte", "a\x00b.csv", 1, "nnspec:"),
    given("a name of 5,000 characters", "n" * 5000 + ".csv", 1, "nnspec:"),
    *(
        Case(f"stdin: {name}", {"spec.yaml": SUM}, status, says, ("run", "spec.yaml", "-"), data)
        for name, data, status, says in [
            ("text", b"1,2\n", 0, "3"),
            ("empty", b"", 1, "is empty"),
            ("a zero byte", b"\x00", 1, "nnspec:"),
            ("a pickle", b"\x80\x04\x95" + bytes(99), 1, "UTF-8"),
            ("one line without end", b"1" * (9 << 20), 1, "longer than"),
            ("a JSON document of brackets", b"[[" * 500_000, 1, "nnspec:"),
        ]
    ),
]  # fmt: skip
