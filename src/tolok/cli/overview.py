"""The commands by what they are for: where each is, and what it does in a line.

Read before any command is loaded: what a command stands on takes a second to load, help must not.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from tolok.base import Text


class About(NamedTuple):
    """The module of a command, and what the command does in one line."""

    module: str
    line: Text


SECTIONS: Mapping[Text, Mapping[str, About]] = {
    Text("Start", "Mulai"): {
        "demo": About("serve_commands", Text(
            "A sample brand in one go, then its pages", "Merek contoh sekali jalan, lalu halamannya")),
        "init": About("init_commands", Text("Make a brand", "Buat merek")),
        "serve": About("serve_commands", Text(
            "Open the workspace in the browser", "Buka ruang kerja di peramban")),
        "where": About("where_commands", Text(
            "The folder everything lies in", "Map tempat semuanya disimpan")),
    },
    Text("Data", "Data"): {
        "import": About("import_commands", Text(
            "Take in exports of the platforms", "Masukkan ekspor dari platform")),
        "imports": About("import_commands", Text(
            "What was imported; take one back", "Yang sudah diimpor; batalkan satu")),
        "map": About("map_commands", Text(
            "Say what the columns of your own spreadsheet mean", "Beri arti kolom spreadsheet Anda")),
        "template": About("template_commands", Text(
            "An empty spreadsheet to fill", "Spreadsheet kosong untuk diisi")),
    },
    Text("Figures", "Angka"): {
        "scorecard": About("scorecard_commands", Text(
            "Figures, changes, KPIs and verdicts of a period",
            "Angka, perubahan, KPI, dan penilaian satu periode")),
        "explain": About("explain_commands", Text(
            "A figure down to its rows and files", "Satu angka sampai ke baris dan berkasnya")),
        "metrics": About("metric_commands", Text("The catalogue of metrics", "Katalog metrik")),
        "report": About("report_commands", Text(
            "A report to send: PDF, slides, workbook, page",
            "Laporan siap kirim: PDF, salindia, lembar kerja, halaman")),
    },
    Text("KPIs", "KPI"): {
        "goal": About("goal_commands", Text(
            "KPIs that fit a goal", "KPI yang cocok dengan sebuah tujuan")),
        "kpi": About("kpi_commands", Text(
            "List, show, add and change KPIs", "Daftar, lihat, tambah, dan ubah KPI")),
        "doctor": About("doctor_commands", Text(
            "What is wrong with KPIs, and how to mend it",
            "Apa yang salah pada KPI, dan cara memperbaikinya")),
        "check": About("check_commands", Text(
            "What is due, and the decision", "Yang sudah waktunya, dan keputusannya")),
        "review": About("review_commands", Text(
            "Keep, change or retire each KPI, twice a year",
            "Pertahankan, ubah, atau hentikan tiap KPI, dua kali setahun")),
    },
    Text("What comes of the work", "Hasil pekerjaan"): {
        "activity": About("activity_commands", Text(
            "What was expected before, and what came of it",
            "Yang diharapkan sebelumnya, dan hasilnya")),
        "insight": About("insight_commands", Text(
            "Claims about coming figures, scored when due",
            "Klaim tentang angka mendatang, dinilai saat waktunya")),
        "attribute": About("learn_commands", Text(
            "Credit conversions to the touches before them",
            "Bagikan jasa konversi ke kontak sebelumnya")),
        "value": About("learn_commands", Text(
            "What customers are worth", "Berapa nilai para pelanggan")),
        "influencers": About("influencer_commands", Text(
            "How genuine and how fitting partners are",
            "Seberapa asli dan seberapa cocok para mitra")),
    },
    Text("What people wrote", "Yang ditulis orang"): {
        "label": About("learn_commands", Text(
            "Language, sentiment, kinds and topics of texts",
            "Bahasa, sentimen, jenis, dan topik teks")),
        "relabel": About("learn_commands", Text(
            "See and correct labels", "Lihat dan perbaiki label")),
        "learn": About("learn_commands", Text(
            "Let the model learn from your labels", "Biarkan model belajar dari label Anda")),
    },
}  # fmt: skip

COMMANDS: Mapping[str, About] = {n: a for some in SECTIONS.values() for n, a in some.items()}
