"""One page with every part, as areas will use them, and pages that fail on purpose."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import engines
from django.utils.safestring import mark_safe

from tolok.base import SourceError, Text, UserError
from tolok.web.accounts.access import Access, page
from tolok.web.shell.parts import (
    Cell,
    Change,
    Chart,
    Column,
    Empty,
    Figure,
    Table,
    Verdict,
)
from tolok.web.shell.sparkline import Bounds

ON_TRACK = Verdict(tone="good", word=Text("On track", "Sesuai jalur"))
AT_RISK = Verdict(tone="watch", word=Text("At risk", "Berisiko"))
OFF_TRACK = Verdict(tone="bad", word=Text("Off track", "Melenceng"))
ROUTINE = Verdict(tone="quiet", word=Text("Routine", "Wajar"))
FRESH = Text("2 hours old", "2 jam lalu")

FIGURES = (
    Figure(
        label=Text("Engagement rate", "Tingkat interaksi"),
        meaning=Text(
            "Engagements for each hundred views of the posts published in this period.",
            "Interaksi untuk setiap seratus tayangan konten yang terbit di periode ini.",
        ),
        value=Text("4.62", "4,62"),
        unit="%",
        href="#",
        change=Change(
            amount=Text("+0.41 pt", "+0,41 poin"),
            against=Text("against last quarter", "dibanding kuartal lalu"),
            tone="good",
        ),
        spark=(3.9, 4.0, 4.1, 3.8, 4.2, 4.3, 4.4, 4.3, 4.5, 4.62),
        goal=4.8,
        target=Text(
            "71 % likely to reach 5.0 % by 30 June", "71 % berpeluang mencapai 5,0 % pada 30 Juni"
        ),
        verdict=ON_TRACK,
        coverage=Text("29 of 30 days", "29 dari 30 hari"),
        freshness=FRESH,
    ),
    Figure(
        label=Text("Follower growth", "Pertumbuhan pengikut"),
        value=Text("+1,284", "+1.284"),
        href="#",
        change=Change(
            amount=Text("−12 %", "−12 %"),
            against=Text("against last quarter", "dibanding kuartal lalu"),
            tone="watch",
        ),
        spark=(210, 180, None, None, 150, 160, 140, 120, 150, 110),
        target=Text(
            "34 % likely to reach 20,000 by 31 December",
            "34 % berpeluang mencapai 20.000 pada 31 Desember",
        ),
        verdict=AT_RISK,
        coverage=Text("28 of 30 days", "28 dari 30 hari"),
        freshness=FRESH,
        is_provisional=True,
    ),
    Figure(
        label=Text("First response, median", "Balasan pertama, median"),
        value=Text("3 h 40 min", "3 jam 40 mnt"),
        href="#",
        change=Change(
            amount=Text("+1 h 10 min", "+1 jam 10 mnt"),
            against=Text("against last month", "dibanding bulan lalu"),
            tone="bad",
        ),
        spark=(2, 2.1, 1.9, 2.2, 2.4, 2.6, 3, 3.3, 3.5, 3.7),
        goal=2,
        verdict=OFF_TRACK,
        freshness=FRESH,
    ),
    Figure(
        label=Text("Posts published", "Unggahan terbit"),
        value=Text("≥ 3", "≥ 3"),
        href="#",
        spark=(14, 12, Bounds(5), 13, 15, None, 12, 16, Bounds(9, 18), 14, Bounds(3)),
        coverage=Text("6 of 30 days", "6 dari 30 hari"),
        freshness=FRESH,
    ),
    Figure(
        label=Text("Reach", "Jangkauan"),
        reason=Text(
            "9 of 30 days are missing from the export, and reach of single days cannot be added.",
            "9 dari 30 hari tidak ada di ekspor, dan jangkauan harian tidak bisa dijumlahkan.",
        ),
        verdict=Verdict(tone="quiet", word=Text("Not enough data", "Data belum cukup")),
        coverage=Text("21 of 30 days", "21 dari 30 hari"),
        freshness=FRESH,
    ),
)
TABLE = Table(
    caption=Text(
        "Posts of this month, one row per post", "Konten bulan ini, satu baris per konten"
    ),
    columns=(
        Column(label=Text("Post", "Konten")),
        Column(
            label=Text("Views", "Tayangan"),
            is_number=True,
            sort_href="?sort=views",
            sorted="descending",
        ),
        Column(
            label=Text("Saves", "Simpan"),
            is_number=True,
            meaning=Text("How often people kept the post.", "Berapa kali konten disimpan."),
        ),
        Column(label=Text("Verdict", "Penilaian")),
    ),
    rows=(
        (
            Cell(value="Kopi pagi di Tunjungan", href="#", note="Instagram · Reel"),
            "48.210",
            "612",
            Cell(value="", verdict=ON_TRACK),
        ),
        (
            Cell(value="Resep es kopi gula aren", href="#", note="TikTok"),
            "31.004",
            "388",
            Cell(value="", verdict=ROUTINE),
        ),
        ("Promo akhir pekan", "4.120", "≥ 12", Cell(value="", verdict=OFF_TRACK)),
    ),
)
CHART = Chart(
    title=Text("Is the engagement rate growing?", "Apakah tingkat interaksi naik?"),
    says=Text(
        "It rose from 3.9 % to 4.6 % in ten weeks.",
        "Naik dari 3,9 % ke 4,6 % dalam sepuluh minggu.",
    ),
    svg=mark_safe(
        '<svg viewBox="0 0 600 120"><path d="M0 100 100 90 200 95 300 70 400 60 500 40 600 30" '
        'fill="none" stroke="currentColor" stroke-width="2"/></svg>'
    ),
    table=TABLE,
    downloads=(("CSV", "#csv"), ("PNG", "#png")),
    source=Text("Source: Instagram export of 3 November", "Sumber: ekspor Instagram 3 November"),
)
EMPTY = Empty(
    title=Text("No campaigns yet", "Belum ada kampanye"),
    text=Text(
        "Here each campaign shows what it cost and what it brought.",
        "Di sini setiap kampanye menunjukkan biaya dan hasilnya.",
    ),
    action=Text("Plan a campaign", "Rencanakan kampanye"),
    href="#new",
    sample=Text("See a sample", "Lihat contoh"),
    sample_href="#sample",
    icon="flag",
)
_PAGE = """{% extends "shell/base.html" %}{% block title %}{{ title|say }}{% endblock %}
{% block heading %}{{ title|say }}{% endblock %}
{% block lead %}<p class="lead">{{ lead|say }}</p>{% endblock %}
{% block content %}<h2 class="sr">{{ title|say }}</h2><div class="figures">{% for f in figures %}{% part f %}{% endfor %}</div>
<h2 class="sr">2</h2><p></p>{% part chart %}<p></p>{% part table %}{% part empty %}{% endblock %}"""


@page("see")
def show(request: HttpRequest, access: Access) -> HttpResponse:
    """Show every part."""
    about = {
        "access": access,
        "title": Text("How are we doing this quarter?", "Bagaimana kinerja kuartal ini?"),
        "lead": Text(
            "One of four is off track: first response.",
            "Satu dari empat melenceng: balasan pertama.",
        ),
        "figures": FIGURES,
        "chart": CHART,
        "table": TABLE,
        "empty": EMPTY,
    }
    return HttpResponse(engines["django"].from_string(_PAGE).render(about, request))


@page("see")
def fail(request: HttpRequest, access: Access, how: str) -> HttpResponse:
    """Fail in the way that is asked for."""
    if how == "user":
        raise UserError(
            Text("The file {name} is empty.", "Berkas {name} kosong."),
            Text("Export it again from Meta.", "Ekspor lagi dari Meta."),
            name="a.csv",
        )
    if how == "source":
        raise SourceError(Text("Instagram does not answer.", "Instagram tidak menjawab."))
    if how == "bug":
        raise ZeroDivisionError
    return render(request, "shell/home.html", {"access": access})
