"""Match of the audience: one row per account, day and trait."""

from tolok.base import Text

from ..table import Column, Table

TABLE = Table(
    key="audience_matches",
    name=Text("Match of the audience", "Kecocokan audiens"),
    meaning=Text(
        "One row per account, day and trait: how many followers of known trait are whom the brand wants.",
        "Satu baris per akun, hari, dan ciri: berapa pengikut yang cirinya diketahui termasuk sasaran merek."),
    columns=(
        Column("account", "text", "key", Text("account", "akun")),
        Column("day", "date", "key", Text("day of the reading", "hari catatan angka")),
        Column("trait", "text", "key", Text("age, gender, place or all", "age, gender, place, atau all")),
        Column("platform", "text", "attribute", Text("platform", "platform")),
        Column("people_known", "float", "level", Text("followers whose trait is known", "pengikut yang cirinya diketahui")),
        Column("people_in_target", "float", "level", Text("of them in the target audience", "di antaranya termasuk sasaran")),
    ),
    time="day",
)  # fmt: skip
