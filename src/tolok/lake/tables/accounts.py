"""Accounts: profiles on a platform, ours, a competitor's or an influencer's."""

from tolok.base import Text

from ..table import Column, Table

TABLE = Table(
    key="accounts",
    name=Text("Accounts", "Akun"),
    meaning=Text(
        "One row per account: a profile on one platform.",
        "Satu baris per akun: satu profil di satu platform.",
    ),
    columns=(
        Column(
            "account",
            "text",
            "key",
            Text(
                "the account: platform:handle or platform:id",
                "akun: platform:nama atau platform:id",
            ),
        ),
        Column(
            "platform",
            "text",
            "attribute",
            Text("the platform the account is on", "platform tempat akun berada"),
        ),
        Column("handle", "text", "attribute", Text("the name after the @", "nama setelah @")),
        Column("name", "text", "attribute", Text("the shown name", "nama yang ditampilkan")),
        Column(
            "relation",
            "text",
            "attribute",
            Text("own, competitor or influencer", "sendiri, pesaing, atau influencer"),
        ),
        Column("native_id", "text", "attribute", Text("the platform's own id", "id dari platform")),
    ),
    time=None,
)
