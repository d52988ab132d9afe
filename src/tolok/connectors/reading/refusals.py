"""Why a file is not read: one clear sentence each, and what to do instead."""

from __future__ import annotations

from tolok.base import Text, UserError

_EXPORT_AGAIN = Text(
    "Download the export again from the platform and give it to Tolok unchanged.",
    "Unduh ulang ekspornya dari platform, lalu berikan ke Tolok tanpa diubah.",
)
_SAVE_AS = Text(
    "Save it as CSV or XLSX and try again.",
    "Simpan sebagai CSV atau XLSX, lalu coba lagi.",
)


def refuse_unopened(source: str) -> UserError:
    """Return the refusal of a path at which there is no file that may be read."""
    return UserError(
        Text("“{source}” cannot be opened.", "“{source}” tidak bisa dibuka."),
        Text(
            "Check that the file is there and that you may read it.",
            "Periksa apakah berkasnya ada dan boleh dibaca.",
        ),
        source=source,
    )


def refuse_empty(source: str) -> UserError:
    """Return the refusal of a file without any content."""
    return UserError(
        Text("“{source}” is empty.", "“{source}” kosong."), _EXPORT_AGAIN, source=source
    )


def refuse_web_page(source: str, *, login: bool) -> UserError:
    """Return the refusal of a web page that was saved under the name of an export."""
    page = Text("a sign-in page", "halaman masuk") if login else Text("a web page", "halaman web")
    return UserError(
        Text("“{source}” is {page}, not an export.", "“{source}” adalah {page}, bukan ekspor."),
        Text(
            "Sign in to the platform and download the export again.",
            "Masuk dulu ke platformnya, lalu unduh ulang ekspornya.",
        ),
        source=source,
        page=page,
    )


def refuse_kind(source: str, what: Text) -> UserError:
    """Return the refusal of a file that holds something else than tables."""
    return UserError(
        Text(
            "“{source}” is {what}, which Tolok does not read as a table.",
            "“{source}” adalah {what}, yang tidak bisa dibaca Tolok sebagai tabel.",
        ),
        _SAVE_AS,
        source=source,
        what=what,
    )


def refuse_encrypted(source: str) -> UserError:
    """Return the refusal of a file locked with a password."""
    return UserError(
        Text("“{source}” is locked with a password.", "“{source}” dikunci dengan kata sandi."),
        Text(
            "Open it, save a copy without the password, and give that to Tolok.",
            "Buka berkasnya, simpan salinan tanpa kata sandi, lalu berikan salinan itu ke Tolok.",
        ),
        source=source,
    )


def refuse_nested(source: str) -> UserError:
    """Return the refusal of an archive inside an archive."""
    return UserError(
        Text(
            "“{source}” is an archive inside another archive.",
            "“{source}” adalah arsip di dalam arsip lain.",
        ),
        Text("Unpack it first, then give Tolok its files.", "Ekstrak dulu, lalu berikan isinya."),
        source=source,
    )


def refuse_bomb(source: str) -> UserError:
    """Return the refusal of an archive that would swell far beyond what an export does."""
    return UserError(
        Text(
            "“{source}” unpacks to far more than an export holds; it was not opened.",
            "Isi “{source}” mengembang jauh melebihi ekspor biasa; berkas ini tidak dibuka.",
        ),
        _EXPORT_AGAIN,
        source=source,
    )


def refuse_damaged(source: str, what: Text) -> UserError:
    """Return the refusal of a file whose container is broken or cut off."""
    return UserError(
        Text(
            "“{source}” is damaged: {what}.",
            "“{source}” rusak: {what}.",
        ),
        _EXPORT_AGAIN,
        source=source,
        what=what,
    )


def refuse_size(source: str, what: Text, limit: float) -> UserError:
    """Return the refusal of a file with more bytes, rows, columns … than Tolok takes at once."""
    return UserError(
        Text(
            "“{source}” has more than {limit:,.0f} {what}.",
            "“{source}” punya lebih dari {limit:,.0f} {what}.",
        ),
        Text(
            "Export a shorter period or fewer columns, or split the file.",
            "Ekspor periode yang lebih pendek atau kolom yang lebih sedikit, atau pecah berkasnya.",
        ),
        source=source,
        what=what,
        limit=limit,
    )


def refuse_cell(source: str, row: int, limit: int) -> UserError:
    """Return the refusal of a file with a cell so long that a quotation mark must be missing."""
    return UserError(
        Text(
            "“{source}” holds a cell of more than {limit:,} characters in row {row}: "
            "a quotation mark is missing there, or the file is damaged.",
            "“{source}” punya sel dengan lebih dari {limit:,} karakter di baris {row}: "
            "ada tanda kutip yang hilang, atau berkasnya rusak.",
        ),
        _EXPORT_AGAIN,
        source=source,
        row=row,
        limit=limit,
    )


def refuse_open_quote(source: str, row: int) -> UserError:
    """Return the refusal of a file in which a quotation mark swallows the rows below it."""
    return UserError(
        Text(
            "In “{source}” a quotation mark opened in row {row} is never closed, "
            "so the rows below it cannot be told apart.",
            "Di “{source}”, tanda kutip yang dibuka di baris {row} tidak pernah ditutup, "
            "sehingga baris di bawahnya tidak bisa dipisahkan.",
        ),
        _EXPORT_AGAIN,
        source=source,
        row=row,
    )


def refuse_encoding(source: str) -> UserError:
    """Return the refusal of a text whose letters were lost when it was saved wrongly."""
    return UserError(
        Text(
            "The letters in “{source}” were destroyed: it was saved in the wrong encoding.",
            "Huruf di “{source}” rusak: berkasnya disimpan dengan encoding yang salah.",
        ),
        _EXPORT_AGAIN,
        source=source,
    )


def refuse_no_table(source: str) -> UserError:
    """Return the refusal of a text or workbook in which no table could be found."""
    return UserError(
        Text("No table was found in “{source}”.", "Tidak ada tabel di “{source}”."),
        _EXPORT_AGAIN,
        source=source,
    )
