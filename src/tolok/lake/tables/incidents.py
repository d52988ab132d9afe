"""Incidents: one row per crisis or incident."""

from tolok.base import Text

from ..table import Column, Table

TABLE = Table(
    key="incidents",
    name=Text("Incidents", "Insiden"),
    meaning=Text(
        "One row per crisis or incident.",
        "Satu baris per krisis atau insiden."),
    columns=(
        Column("incident", "text", "key", Text("the incident", "insiden")),
        Column("title", "text", "attribute", Text("what happened", "apa yang terjadi")),
        Column("platform", "text", "attribute", Text("where it began", "tempat mulainya")),
        Column("severity", "text", "attribute", Text("low, medium, high, critical", "low, medium, high, critical")),
        Column("cause", "text", "attribute", Text("cause, once known", "penyebab, bila sudah diketahui")),
        Column("is_repeat", "bool", "attribute", Text("whether the cause was known from before", "apakah penyebabnya sudah pernah terjadi")),
        Column("playbook", "text", "attribute", Text("playbook followed", "panduan yang dipakai")),
        Column("detected_at", "moment", "attribute", Text("when it was detected", "saat terdeteksi")),
        Column("acknowledged_at", "moment", "attribute", Text("when someone took it up", "saat ditangani seseorang")),
        Column("responded_at", "moment", "attribute", Text("first public response", "tanggapan publik pertama")),
        Column("resolved_at", "moment", "attribute", Text("when it was over", "saat selesai")),
        Column("acknowledge_minutes", "float", "flow", Text("minutes from detection to acknowledgement", "menit dari terdeteksi sampai ditangani")),
        Column("respond_minutes", "float", "flow", Text("minutes from detection to the first public response", "menit dari terdeteksi sampai tanggapan publik pertama")),
        Column("resolve_minutes", "float", "flow", Text("minutes from detection to resolution", "menit dari terdeteksi sampai selesai")),
        Column("respond_target_minutes", "float", "attribute", Text("minutes the playbook allows for the response", "menit menurut panduan untuk tanggapan")),
        Column("mentions_before", "float", "flow", Text("mentions a day before it", "sebutan per hari sebelumnya")),
        Column("mentions_during", "float", "flow", Text("mentions a day while it lasted", "sebutan per hari selama berlangsung")),
        Column("positive_before", "int", "flow", Text("positive mentions in the window before", "sebutan positif di jendela sebelum")),
        Column("negative_before", "int", "flow", Text("negative mentions in the window before", "sebutan negatif di jendela sebelum")),
        Column("positive_during", "int", "flow", Text("positive mentions while it lasted", "sebutan positif selama berlangsung")),
        Column("negative_during", "int", "flow", Text("negative mentions while it lasted", "sebutan negatif selama berlangsung")),
        Column("positive_after", "int", "flow", Text("positive mentions in the window after", "sebutan positif di jendela sesudah")),
        Column("negative_after", "int", "flow", Text("negative mentions in the window after", "sebutan negatif di jendela sesudah")),
        Column("recover_hours", "float", "flow", Text("hours until sentiment was back at its baseline; empty when it is not yet", "jam sampai sentimen kembali normal; kosong bila belum")),
    ),
    time="detected_at",
)  # fmt: skip
