"""Damaged files give right figures or one clear refusal: never a crash, never a wrong figure."""

from __future__ import annotations

import csv
import io
import random
import struct
import zipfile
from collections.abc import Callable

import pytest

from tolok.base import UserError
from tolok.connectors.reading import Limits, Sheet, read_file

HEADER = ["Post ID", "Publish time", "Description", "Permalink", "Post type", "Views", "Reach"]
CAPTIONS = [
    "Kopi susu, gula aren",
    'Promo "beli 1 gratis 1"\nsampai Minggu 🎉',
    "=HYPERLINK(1)",
    "",
    "Selamat pagi; semangat!",
    "Café ☕ – dibuka",
]


def make_rows(count: int, seed: int) -> list[list[str]]:
    chance = random.Random(seed)
    return [
        [
            str(17900000000000001 + index * 13),
            f"{chance.randint(1, 12):02}/{chance.randint(1, 28):02}/2026 10:{index % 60:02}",
            chance.choice(CAPTIONS),
            f"https://example.com/p/{index}",
            chance.choice(["IG reel", "IG image"]),
            str(chance.randint(1000, 99999)),
            str(chance.randint(100, 9999)),
        ]
        for index in range(count)
    ]


def write_csv(rows: list[list[str]], separator: str = ",", end: str = "\r\n") -> str:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator, lineterminator=end).writerows(rows)
    return out.getvalue()


def encode(text: str, chance: random.Random) -> bytes:
    encoding = chance.choice(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
    return text.encode(encoding)


Mutation = Callable[[list[list[str]], random.Random], bytes]


def truncated(rows: list[list[str]], chance: random.Random) -> bytes:
    raw = encode(write_csv([HEADER, *rows]), chance)
    return raw[: chance.randrange(1, len(raw))]


def with_shuffled_columns(rows: list[list[str]], chance: random.Random) -> bytes:
    order = chance.sample(range(len(HEADER)), len(HEADER))
    return encode(write_csv([[row[i] for i in order] for row in [HEADER, *rows]]), chance)


def in_a_wrong_encoding(rows: list[list[str]], chance: random.Random) -> bytes:
    text = write_csv([HEADER, *rows])
    wrong = chance.choice(["read as 1252", "1252", "utf-16 as latin", "lying mark", "odd"])
    if wrong == "read as 1252":
        return text.encode().decode("cp1252", "replace").encode()
    if wrong == "1252":
        return text.encode("cp1252", "replace")
    if wrong == "utf-16 as latin":
        return text.encode("utf-16").decode("latin-1").encode()
    if wrong == "lying mark":
        return b"\xff\xfe" + text.encode()
    return text.encode("utf-16")[:-1]


def with_swapped_separators(rows: list[list[str]], chance: random.Random) -> bytes:
    return encode(write_csv([HEADER, *rows], chance.choice(";\t|")), chance)


def with_some_lines_swapped(rows: list[list[str]], chance: random.Random) -> bytes:
    lines = [write_csv([row], chance.choice([",", ",", ";"])) for row in rows]
    return encode(write_csv([HEADER]) + "".join(lines), chance)


def with_a_second_header(rows: list[list[str]], chance: random.Random) -> bytes:
    at = chance.randrange(1, len(rows))
    order = chance.choice([list(range(7)), chance.sample(range(7), 7)])
    again = [[row[i] for i in order] for row in [HEADER, *rows[at:]]]
    between = chance.choice([[], [[]], [[], []]])
    return encode(write_csv([HEADER, *rows[:at], *between, *again]), chance)


def with_formula_cells(rows: list[list[str]], chance: random.Random) -> bytes:
    told = [[*row[:2], "=CMD|'/c calc'!A1", *row[3:]] for row in rows]
    rows[:] = told
    return encode(write_csv([HEADER, *rows]), chance)


def with_blank_rows(rows: list[list[str]], chance: random.Random) -> bytes:
    blank = [[], [""] * 7]
    spread = [part for row in rows for part in ([row, chance.choice(blank)])]
    return encode(write_csv([HEADER, *spread]), chance)


def with_lines_in_quotes(rows: list[list[str]], chance: random.Random) -> bytes:
    rows[:] = [[cell.replace("\n", " ") for cell in row] for row in rows]
    lines = write_csv([HEADER, *rows], end="\n").splitlines()
    tail = chance.choice(["", ";;;"])
    return encode("".join('"' + x.replace('"', '""') + '"' + tail + "\n" for x in lines), chance)


def with_a_lost_quote(rows: list[list[str]], chance: random.Random) -> bytes:
    text = write_csv([HEADER, *rows])
    places = [i for i, letter in enumerate(text) if letter == '"']
    if places:
        at = chance.choice(places)
        text = text[:at] + text[at + 1 :]
    return encode(text, chance)


def with_lost_separators(rows: list[list[str]], chance: random.Random) -> bytes:
    text = write_csv([HEADER, *rows])
    start = text.index("\n")
    places = [i for i, letter in enumerate(text) if letter == "," and i > start]
    at = chance.choice(places)
    return encode(text[:at] + text[at + 1 :], chance)


def with_other_line_ends(rows: list[list[str]], chance: random.Random) -> bytes:
    return encode(write_csv([HEADER, *rows], end=chance.choice(["\r", "\n"])), chance)


def with_a_preamble(rows: list[list[str]], chance: random.Random) -> bytes:
    above = chance.choice(
        [[["Laporan"]], [["Laporan"], []], [["sep=,"]], [["# ---"], ["# Start date: 20260101"], []]]
    )
    return encode(write_csv([*above, HEADER, *rows]), chance)


MUTATIONS: tuple[Mutation, ...] = (
    truncated,
    with_shuffled_columns,
    in_a_wrong_encoding,
    with_swapped_separators,
    with_some_lines_swapped,
    with_a_second_header,
    with_formula_cells,
    with_blank_rows,
    with_lines_in_quotes,
    with_a_lost_quote,
    with_lost_separators,
    with_other_line_ends,
    with_a_preamble,
)
WHOLE = {with_shuffled_columns, with_swapped_separators, with_a_second_header, with_formula_cells,
         with_blank_rows, with_lines_in_quotes, with_other_line_ends, with_a_preamble}  # fmt: skip


def figures(sheets: list[Sheet]) -> list[tuple[str, str, str]]:
    """Return (id, views, reach) of all rows, of sheets whose header names them."""
    told: list[tuple[str, str, str]] = []
    for sheet in sheets:
        if not {"Post ID", "Views", "Reach"} <= set(sheet.header):
            continue
        parts = [sheet.column(name).to_pylist() for name in ("Post ID", "Views", "Reach")]
        rows = list(zip(*parts, strict=True))
        # A text without a last line end may have lost the end of its last figure, and says so.
        told += rows if sheet.ends_cleanly else rows[:-1]
    return told


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("mutate", MUTATIONS, ids=lambda mutate: mutate.__name__)
def test_a_damaged_file_gives_right_figures_or_a_refusal(mutate: Mutation, seed: int) -> None:
    chance = random.Random(seed)
    rows = make_rows(chance.randint(5, 40), seed)
    raw = mutate(rows, chance)
    truth = {(row[0], row[5], row[6]) for row in rows}
    told = read_or_refusal(raw)
    if isinstance(told, UserError):
        assert told.say("en") != told.say("id")
        assert mutate not in WHOLE
        return
    found = figures(told)
    assert set(found) <= truth
    assert len(found) == len(set(found))
    if mutate in WHOLE:
        assert set(found) == truth


def read_or_refusal(raw: bytes) -> list[Sheet] | UserError:
    try:
        return read_file(raw, "damaged.csv")
    except UserError as error:
        return error


@pytest.mark.parametrize("seed", range(250))
def test_random_bytes_thrown_at_a_file_never_crash_the_reader(seed: int) -> None:
    chance = random.Random(seed)
    raw = bytearray(encode(write_csv([HEADER, *make_rows(20, seed)]), chance))
    for _ in range(chance.randint(1, 60)):
        at = chance.randrange(len(raw))
        raw[at : at + chance.randint(0, 3)] = chance.randbytes(chance.randint(0, 3))
    try:
        sheets = read_file(bytes(raw), "noise.csv")
    except UserError:
        return
    for sheet in sheets:
        assert all(len(column) == sheet.num_rows for column in sheet.columns)
        assert len(sheet.row_numbers()) == sheet.num_rows


def refused(raw: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(UserError) as caught:
        read_file(raw, "file.csv", limits or Limits())
    assert caught.value.say("id")
    return caught.value.say("en")


def zip_of(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def test_a_cell_of_ten_million_characters_is_refused_with_its_row() -> None:
    text = "a,b\n1,2\n3," + "x" * 10_000_000 + "\n"
    assert "row 3" in refused(text.encode())


def test_a_quote_that_swallows_the_rest_of_the_file_is_refused() -> None:
    text = 'id,text,n,m\n1,"open,5,6\n' + "".join(f"{i},x,5,6\n" for i in range(2, 50))
    assert "never closed" in refused(text.encode())


def test_a_zip_bomb_is_not_opened() -> None:
    assert "unpacks" in refused(zip_of(bomb=b"0" * 60_000_000))


def test_an_archive_with_too_many_members_is_refused() -> None:
    raw = zip_of(**{f"{index}.csv": b"a,b\n1,2\n" for index in range(30)})
    assert "members" in refused(raw, Limits(max_zip_members=20))


def test_an_archive_in_an_archive_is_refused() -> None:
    assert "inside another archive" in refused(zip_of(inner=zip_of(a=b"x,y\n1,2\n")))


def test_a_locked_archive_is_refused() -> None:
    raw = bytearray(zip_of(a=b"x,y\n1,2\n"))
    for magic, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = raw.index(magic) + offset
        raw[at : at + 2] = struct.pack("<H", 1)
    assert "password" in refused(bytes(raw))


def test_an_archive_cut_off_in_its_middle_is_refused() -> None:
    raw = zip_of(a=random.Random(1).randbytes(5000))
    assert "damaged" in refused(raw[: len(raw) // 2])


def test_a_member_that_is_no_table_is_noted_beside_those_that_are() -> None:
    raw = zip_of(**{"a.csv": b"x,y\n1,2\n", "logo.png": b"\x89PNG\r\n\x1a\n0000"})
    (sheet,) = read_file(raw, "export.zip")
    assert sheet.source == "export.zip/a.csv"
    assert "logo.png" in sheet.notes[-1].en


@pytest.mark.parametrize(
    ("raw", "word"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf\r\n\r\n", "empty"),
        (b"<!DOCTYPE html><html><body><input type='password'></body></html>", "sign-in page"),
        (b"\n <html><table><tr><td>1</td></tr></table></html>", "web page"),
        ("<html></html>".encode("utf-16"), "web page"),
        (b"%PDF-1.7 ...", "PDF"),
        (b'{"data": []}', "JSON"),
        (b"PAR1" + bytes(50), "Parquet"),
        (bytes(range(256)) * 40, "not a text"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"PK\x03\x04 nothing", "damaged"),
    ],
)
def test_what_is_no_table_is_refused_by_name(raw: bytes, word: str) -> None:
    assert word in refused(raw)


def test_a_file_with_too_many_columns_or_rows_is_refused() -> None:
    assert "columns" in refused(b"a," * 3000 + b"b\n" + b"1," * 3000 + b"2\n")
    assert "rows" in refused(b"a,b\n" + b"1,2\n" * 50, Limits(max_rows=10))
