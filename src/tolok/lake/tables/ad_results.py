"""Advertising results: spend and what it brought, per advert and period."""

from tolok.base import Text

from ..measured import measured
from ..table import Column, Table

TABLE = Table(
    key="ad_results",
    name=Text("Advertising results", "Hasil iklan"),
    meaning=Text(
        "One row per advertising object, period, attribution setting and segment.",
        "Satu baris per objek iklan, periode, pengaturan atribusi, dan segmen.",
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
            "level",
            "text",
            "key",
            Text("account, campaign, adset or ad", "akun, kampanye, set iklan, atau iklan"),
        ),
        Column(
            "item",
            "text",
            "key",
            Text("the advertising object: id, or path of names", "objek iklan: id atau jalur nama"),
        ),
        Column("start", "date", "key", Text("first day", "hari pertama")),
        Column(
            "until", "date", "key", Text("the day after the last", "hari setelah hari terakhir")
        ),
        Column(
            "attribution",
            "text",
            "key",
            Text(
                "attribution setting, empty when not stated",
                "pengaturan atribusi, kosong bila tidak disebut",
            ),
        ),
        Column(
            "breakdown",
            "text",
            "key",
            Text("what segments the row, empty for none", "pembagi baris, kosong bila tidak ada"),
        ),
        Column(
            "segment",
            "text",
            "key",
            Text("the segment, empty for none", "segmen, kosong bila tidak ada"),
        ),
        Column(
            "platform",
            "text",
            "attribute",
            Text("the platform the account is on", "platform tempat akun berada"),
        ),
        Column("campaign", "text", "attribute", Text("campaign name", "nama kampanye")),
        Column("adset", "text", "attribute", Text("ad set or ad group name", "nama set iklan")),
        Column("ad", "text", "attribute", Text("ad name", "nama iklan")),
        Column(
            "objective",
            "text",
            "attribute",
            Text("objective or campaign type", "tujuan atau jenis kampanye"),
        ),
        Column("status", "text", "attribute", Text("delivery status", "status penayangan")),
        Column(
            "result_type",
            "text",
            "attribute",
            Text("what counts as a result", "apa yang dihitung sebagai hasil"),
        ),
        Column(
            "currency",
            "text",
            "attribute",
            Text("currency of spend and value", "mata uang belanja dan nilai"),
        ),
        Column(
            "spend",
            "money",
            "flow",
            Text("amount spent, without tax", "jumlah dibelanjakan, tanpa pajak"),
        ),
        *measured("flow", "impressions", "reach", "clicks", "link_clicks"),
        Column(
            "landing_views", "int", "flow", Text("landing page views", "tampilan halaman tujuan")
        ),
        Column(
            "results", "float", "flow", Text("results of the stated type", "hasil sesuai jenisnya")
        ),
        Column("conversions", "float", "flow", Text("conversions", "konversi")),
        Column("conversion_value", "money", "flow", Text("value of conversions", "nilai konversi")),
        *measured(
            "flow", "interactions", "reactions", "comments", "shares", "saves", "video_views_3s"
        ),
        Column(
            "thruplays",
            "int",
            "flow",
            Text(
                "video plays to 15 seconds or the end", "video diputar 15 detik atau sampai akhir"
            ),
        ),
        Column(
            "cost_per_result_stated",
            "float",
            "ratio",
            Text(
                "cost per result as the file states it; a check only",
                "biaya per hasil menurut berkas; hanya pemeriksaan",
            ),
        ),
    ),
    time="start",
)
