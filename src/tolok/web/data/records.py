"""What a team notes of its own work, one at a time: slots, costs, partnerships, incidents …

One declaration each: which columns are asked, how each is chosen, and what follows from them. The
rows stand in the same tables an import fills, so one engine measures both.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tolok.base import Text
from tolok.lake import Column, Table, table_of
from tolok.reports.names import KIND_NAMES

Row = Mapping[str, Any]
_DONE = {"planned": Text("planned", "direncanakan"), "published": Text("published", "terbit"),
         "missed": Text("missed", "terlewat"), "cancelled": Text("cancelled", "dibatalkan")}  # fmt: skip
_COSTS = {
    "ads": Text("adverts", "iklan"), "fee": Text("fee", "honor"),
    "product": Text("product", "produk"), "commission": Text("commission", "komisi"),
    "staff": Text("staff", "tenaga kerja"), "tools": Text("tools", "alat kerja"),
    "tax": Text("tax", "pajak"), "other": Text("other", "lainnya"),
}  # fmt: skip
_STAGES = {
    "prospect": Text("prospect", "calon"), "contacted": Text("contacted", "sudah dihubungi"),
    "agreed": Text("agreed", "sepakat"), "active": Text("active", "aktif"),
    "done": Text("done", "selesai"), "declined": Text("declined", "menolak"),
}  # fmt: skip
_BANDS = {
    "nano": Text("nano", "nano"), "micro": Text("micro", "mikro"),
    "macro": Text("macro", "makro"), "mega": Text("mega", "mega"),
}  # fmt: skip
_SEVERITY = {
    "low": Text("low", "ringan"), "medium": Text("medium", "sedang"),
    "high": Text("high", "berat"), "critical": Text("critical", "gawat"),
}  # fmt: skip
_VERDICTS = {
    "won": Text("won", "menang"), "lost": Text("lost", "kalah"),
    "undecided": Text("undecided", "belum jelas"),
}  # fmt: skip
_KINDS = {kind: name for kind, name in KIND_NAMES.items() if kind}


@dataclass(frozen=True, kw_only=True)
class Ask:
    """One column that is asked: in other words than the table's, among choices, or needed.

    `choices` are the only values; `known` names the columns (`table.column`) whose values are
    suggested while a person types.
    """

    label: Text | None = None
    help: Text | None = None
    choices: Mapping[str, Text] = field(default_factory=dict)
    known: tuple[str, ...] = ()
    is_needed: bool = False


@dataclass(frozen=True, kw_only=True)
class Record:
    """One kind of record: its table, its words, what is asked in which order, what follows."""

    table_key: str
    one: Text  # "slot": what one of them is called
    question: Text  # the title of its page
    add: Text
    asks: Mapping[str, Ask]
    shown: tuple[str, ...]  # columns of the list
    complete: Callable[[dict[str, Any]], dict[str, Any]] = lambda row: row

    @property
    def table(self) -> Table:
        """The table it stands in."""
        return table_of(self.table_key)

    @property
    def key(self) -> str:
        """The column that names one."""
        return self.table.natural_key[1]

    def column(self, name: str) -> Column:
        """Return a column of the table."""
        return self.table.column(name)

    def label(self, name: str) -> Text:
        """Return how a column is called on a page."""
        told = self.asks[name].label or self.column(name).meaning
        return Text(told.en[:1].upper() + told.en[1:], told.id[:1].upper() + told.id[1:])


def _minutes(start: datetime | None, end: datetime | None) -> float | None:
    return None if start is None or end is None else (end - start).total_seconds() / 60


def complete_slot(row: dict[str, Any]) -> dict[str, Any]:
    """A slot with a moment of publication is published; how late it was follows."""
    if row.get("published_at") is not None:
        row["state"] = "published"
        row["minutes_late"] = _minutes(row["due_at"], row["published_at"])
    return row


def complete_incident(row: dict[str, Any]) -> dict[str, Any]:
    """How long each step took follows from its moments."""
    for name, moment in (
        ("acknowledge_minutes", "acknowledged_at"), ("respond_minutes", "responded_at"),
        ("resolve_minutes", "resolved_at"),
    ):  # fmt: skip
        row[name] = _minutes(row["detected_at"], row.get(moment))
    return row


_AS = Text("Platform and name, such as instagram:kopiserambi.",
           "Platform dan nama, misalnya instagram:kopiserambi.")  # fmt: skip
_ACCOUNT = Ask(label=Text("Account", "Akun"), help=_AS,
               known=("accounts.account", "account_days.account"))  # fmt: skip
_OURS = Ask(label=Text("Our account it works for", "Akun kita yang dibantu"), help=_AS,
            known=_ACCOUNT.known)  # fmt: skip
_PLATFORM = Ask(label=Text("Platform", "Platform"))
_CAMPAIGN = Ask(label=Text("Campaign", "Kampanye"), known=(
    "campaigns.campaign", "slots.campaign", "costs.campaign", "ad_results.campaign"))  # fmt: skip
_GOAL = Ask(label=Text("Goal it serves", "Tujuan yang dilayani"), known=("goals.goal",))
_KIND = Ask(label=Text("Kind of content", "Jenis konten"), choices=_KINDS)
_POST = Ask(
    label=Text("Post it became", "Unggahan hasilnya"), known=("posts.post",),
    help=Text("Links the plan to what came of it, such as x:1410344350421237762.",
              "Menghubungkan rencana dengan hasilnya, misalnya x:1410344350421237762."),
)  # fmt: skip
_PARTNER = Ask(label=Text("Partnership", "Kemitraan"), known=("partnerships.partnership",))

RECORDS: Mapping[str, Record] = {
    r.table_key: r
    for r in (
        Record(
            table_key="slots", one=Text("slot", "slot jadwal"),
            question=Text("What is to go out, and what went out?",
                          "Apa yang akan terbit, dan apa yang sudah?"),
            add=Text("Add a slot", "Tambah slot"),
            asks={
                "slot": Ask(label=Text("What it is", "Apa isinya"), is_needed=True,
                            help=Text("A few words, such as Reels latte Monday.",
                                      "Beberapa kata, misalnya Reels latte Senin.")),
                "due_at": Ask(label=Text("To be published", "Jadwal terbit"), is_needed=True),
                "account": _ACCOUNT, "kind": _KIND,
                "state": Ask(label=Text("State", "Status"), choices=_DONE, is_needed=True),
                "published_at": Ask(label=Text("Published", "Terbit")),
                "post": _POST,
                "pillar": Ask(label=Text("Content pillar", "Pilar konten"), known=("slots.pillar",)),
                "campaign": _CAMPAIGN, "goal": _GOAL,
            },
            shown=("slot", "due_at", "account", "state", "published_at"), complete=complete_slot,
        ),
        Record(
            table_key="costs", one=Text("cost", "biaya"),
            question=Text("What did the work cost?", "Berapa biaya pekerjaan ini?"),
            add=Text("Add a cost", "Tambah biaya"),
            asks={
                "cost": Ask(label=Text("What it was for", "Untuk apa"), is_needed=True,
                            help=Text("A few words or your number for it.",
                                      "Beberapa kata atau nomor dari Anda.")),
                "day": Ask(label=Text("Day", "Hari"), is_needed=True),
                "amount": Ask(label=Text("Amount", "Jumlah"), is_needed=True),
                "currency": Ask(label=Text("Currency", "Mata uang"), is_needed=True),
                "kind": Ask(label=Text("Kind of cost", "Jenis biaya"), choices=_COSTS,
                            is_needed=True),
                "line": Ask(label=Text("Budget line", "Pos anggaran"),
                            known=("budgets.line", "costs.line")),
                "campaign": _CAMPAIGN, "platform": _PLATFORM, "partnership": _PARTNER,
                "goal": _GOAL,
            },
            shown=("cost", "day", "kind", "line", "amount", "currency"),
        ),
        Record(
            table_key="partnerships", one=Text("partnership", "kemitraan"),
            question=Text("Which influencers do you work with?",
                          "Dengan influencer mana Anda bekerja?"),
            add=Text("Add a partnership", "Tambah kemitraan"),
            asks={
                "partnership": Ask(label=Text("Name", "Nama"), is_needed=True),
                "influencer": Ask(label=Text("Account of the influencer", "Akun influencer"),
                                  is_needed=True, help=_AS, known=("partnerships.influencer",)),
                "account": _OURS,
                "platform": _PLATFORM,
                "stage": Ask(label=Text("Stage", "Tahap"), choices=_STAGES, is_needed=True),
                "contacted_on": Ask(), "agreed_on": Ask(), "ended_on": Ask(),
                "band": Ask(label=Text("Size", "Ukuran"), choices=_BANDS), "campaign": _CAMPAIGN,
            },
            shown=("partnership", "influencer", "stage", "agreed_on", "campaign"),
        ),
        Record(
            table_key="deliverables", one=Text("deliverable", "hasil kerja"),
            question=Text("What do partners owe, and what came of it?",
                          "Apa yang harus dibuat mitra, dan apa hasilnya?"),
            add=Text("Add a deliverable", "Tambah hasil kerja"),
            asks={
                "deliverable": Ask(label=Text("What it is", "Apa isinya"), is_needed=True),
                "partnership": Ask(label=Text("Partnership", "Kemitraan"), is_needed=True,
                                   known=_PARTNER.known),
                "kind": _KIND, "due_at": Ask(), "published_at": Ask(), "post": _POST,
                "account": _OURS,
                "campaign": _CAMPAIGN,
                "is_disclosed": Ask(label=Text("Says that it is paid", "Mengaku berbayar")),
                "is_agreed": Ask(label=Text("As agreed", "Sesuai kesepakatan")),
            },
            shown=("deliverable", "partnership", "due_at", "published_at", "is_agreed"),
        ),
        Record(
            table_key="incidents", one=Text("incident", "insiden"),
            question=Text("What went wrong, and how fast was it handled?",
                          "Apa yang terjadi, dan seberapa cepat ditangani?"),
            add=Text("Add an incident", "Tambah insiden"),
            asks={
                "incident": Ask(label=Text("Short name", "Nama singkat"), is_needed=True),
                "title": Ask(), "detected_at": Ask(is_needed=True),
                "severity": Ask(label=Text("Severity", "Tingkat keparahan"), choices=_SEVERITY,
                                is_needed=True),
                "platform": Ask(), "acknowledged_at": Ask(), "responded_at": Ask(),
                "resolved_at": Ask(), "cause": Ask(), "is_repeat": Ask(),
                "playbook": Ask(known=("incidents.playbook",)), "respond_target_minutes": Ask(),
            },
            shown=("incident", "detected_at", "severity", "responded_at", "resolved_at"),
            complete=complete_incident,
        ),
        Record(
            table_key="experiments", one=Text("experiment", "eksperimen"),
            question=Text("What did you try, and what came of it?",
                          "Apa yang dicoba, dan apa hasilnya?"),
            add=Text("Add an experiment", "Tambah eksperimen"),
            asks={
                "experiment": Ask(label=Text("Short name", "Nama singkat"), is_needed=True),
                "hypothesis": Ask(), "metric": Ask(known=("experiments.metric",)),
                "started_on": Ask(is_needed=True), "concluded_on": Ask(),
                "verdict": Ask(label=Text("Outcome", "Hasil"), choices=_VERDICTS),
                "is_innovative": Ask(), "campaign": _CAMPAIGN, "platform": _PLATFORM,
            },
            shown=("experiment", "started_on", "concluded_on", "verdict"),
        ),
    )
}  # fmt: skip
