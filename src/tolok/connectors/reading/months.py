"""Names of months as exports write them: English, Indonesian, Portuguese, Spanish, German, French."""

from __future__ import annotations

import unicodedata

_NAMES = (
    "january jan januari janeiro enero ene januar janvier janv jaenner",
    "february feb februari pebruari fevereiro fev febrero februar fevrier fevr peb",
    "march mar maret marco marzo marz maerz mars mrz",
    "april apr abril abr avril avr",
    "may mei mai maio mayo",
    "june jun juni junho junio juin",
    "july jul juli julho julio juillet juil",
    "august aug agustus agt agu agst ags agosto ago aout",
    "september sep sept setembro set septiembre septembre",
    "october oct oktober okt outubro out octubre octobre",
    "november nov nopember nop novembro noviembre novembre",
    "december dec desember des dezembro dez diciembre dic dezember decembre",
)
MONTHS: dict[str, int] = {
    name: number for number, names in enumerate(_NAMES, 1) for name in names.split()
}


def fold_letters(text: str) -> str:
    """Return a text in lower case without accents and points (Février. → fevrier)."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(
        letter for letter in plain if not unicodedata.combining(letter) and letter != "."
    )


def find_month(word: str) -> int | None:
    """Return the number of a month by its name or short form; None when it is no month."""
    return MONTHS.get(fold_letters(word).strip())
