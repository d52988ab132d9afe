"""LinkedIn: daily gains are no levels, reactions may be taken back, links hold the ids."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

import pyarrow.compute as pc
import pytest
import xlsxwriter

from tolok.connectors import Extract
from tolok.connectors.tests.sample_truth import differences, read_exports

xlwt = pytest.importorskip("xlwt")

Cells = Sequence[Sequence[object]]
TOLD = {"accounts": ("linkedin:kopi-serambi",), "observed_at": datetime(2026, 8, 1, 1)}
METRICS_PT = [
    ["Relatório agregado"],
    ["Data", "Impressões (orgânicas)", "Impressões (patrocinadas)", "Impressões (total)",
     "Impressões únicas (orgânicas)", "Cliques (orgânicos)", "Cliques (patrocinados)",
     "Cliques (total)", "Reações (orgânicas)", "Reações (patrocinadas)", "Reações (total)",
     "Comentários (orgânicos)", "Comentários (patrocinados)", "Comentários (total)",
     "Compartilhamentos (orgânicos)", "Compartilhamentos (patrocinados)",
     "Compartilhamentos (total)", "Taxa de engajamento (orgânico)",
     "Taxa de engajamento (patrocinado)", "Taxa de engajamento (total)"],
    ["07/20/2026", 100, 0, 100, 70, 10, 0, 10, 5, 0, 5, 1, 0, 1, 1, 0, 1, 0.17, 0, 0.17],
    ["07/21/2026", 50, 0, 50, 40, 1, 0, 1, -2, 0, -2, 0, 0, 0, 0, 0, 0, -0.02, 0, -0.02],
]  # fmt: skip
POSTS_PT = [
    ["Relatório por publicação"],
    ["Título da publicação", "Link da publicação", "Tipo de publicação", "Nome da campanha",
     "Publicada por", "Criação", "Data de início da campanha", "Data de término da campanha",
     "Público", "Impressões", "Visualizações", "Visualizações fora do site", "Cliques",
     "Taxa de cliques (CTR)", "Gostaram", "Comentários", "Compartilhamentos", "Seguidores",
     "Taxa de engajamento", "Tipo de conteúdo"],
    ["Kopi", "https://www.linkedin.com/feed/update/urn:li:activity:7351234567890123456", "Orgânico",
     "", "Dewi", "07/20/2026", "", "", "Todos", 100, 20, 0, 10, 0.1, 5, 1, 1, 0, 0.17, "Vídeo"],
    ["Iklan", "https://www.linkedin.com/feed/update/urn:li:ugcPost:7351234567890123457",
     "Patrocinado", "Agosto", "Dewi", "07/13/2026", "", "", "Todos", 200, "", "", 10, 0.05, 5, 3, 2,
     1, 0.1, "Imagem"],
]  # fmt: skip


def write_xls(path: Path, sheets: Mapping[str, Cells]) -> Path:
    book = xlwt.Workbook(encoding="utf-8")
    for name, rows in sheets.items():
        sheet = book.add_sheet(name)
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                if value != "":
                    sheet.write(r, c, value)
    book.save(str(path))
    return path


def write_xlsx(path: Path, sheets: Mapping[str, Cells]) -> Path:
    book = xlsxwriter.Workbook(str(path), {"strings_to_numbers": False})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                if value != "":
                    sheet.write(r, c, value)
    book.close()
    return path


def read(path: Path, **told: object) -> list[Extract]:
    return read_exports(path, **(TOLD | told))


def rows(extract: Extract, table: str) -> list[dict]:
    return extract.facts[table].to_pylist()


def test_the_sample_shows_its_truth():
    assert differences("linkedin-kopi-serambi") == []


def test_portuguese_days_keep_reactions_taken_back_and_agree_with_their_rate(tmp_path):
    (extract,) = read(write_xls(tmp_path / "c.xls", {"Métricas": METRICS_PT}))
    one, two = rows(extract, "account_days")
    assert (one["day"], one["impressions"], one["reach"]) == (date(2026, 7, 20), 100, 70)
    assert (two["reactions"], two["clicks"], two["shares"]) == (-2, 1, 0)
    assert [(c.key, c.state) for c in extract.checks] == [("ratio", "passed")] * 2


def test_a_rate_that_is_not_that_of_its_parts_refuses_the_file(tmp_path):
    damaged = [*METRICS_PT[:2], [*METRICS_PT[2][:-1], 17.0], METRICS_PT[3]]
    (extract,) = read(write_xls(tmp_path / "c.xls", {"Métricas": damaged}))
    assert "failed" in {c.state for c in extract.checks}


def test_posts_take_their_id_from_the_link_and_say_whether_they_were_paid(tmp_path):
    (extract,) = read(write_xls(tmp_path / "c.xls", {"Todas as publicações": POSTS_PT}))
    one, two = rows(extract, "posts")
    assert one["post"] == "linkedin:7351234567890123456"
    assert (one["kind"], one["is_paid"], one["video_views"]) == ("video", False, 20)
    assert (two["kind"], two["is_paid"], two["video_views"]) == ("image", True, None)
    assert one["published_at"] == datetime(2026, 7, 19, 17)
    assert (one["engagement_rate_stated"], one["follows"]) == (0.17, 0)


def test_total_followers_is_what_the_day_added_and_may_be_negative(tmp_path):
    book = write_xls(tmp_path / "f.xls", {
        "Novos seguidores": [
            ["Data", "Seguidores patrocinados", "Seguidores orgânicos",
             "Seguidores convidados automaticamente", "Total de seguidores"],
            ["07/20/2026", 0, -1, 0, -1], ["07/21/2026", 0, 4, 1, 5],
        ],
        "Localidade": [["Localidade", "Total de seguidores"], ["Campinas, Brasil", 100],
                       ["Surabaya", 40]],
    })  # fmt: skip
    gains, places = read(book)
    assert [d["followers_gained"] for d in rows(gains, "account_days")] == [-1, 5]
    assert "followers" not in gains.facts["account_days"].column_names
    first = rows(places, "audience")[0]
    assert (first["dimension"], first["segment"], first["people"]) == (
        "city",
        "Campinas, Brasil",
        100,
    )
    assert first["day"] == date(2026, 8, 1)


def test_visitors_give_page_views_and_their_split_is_left_out_with_a_word(tmp_path):
    book = write_xls(tmp_path / "v.xls", {
        "Visitor metrics": [
            ["Date", "Total page views (desktop)", "Total page views (mobile)",
             "Total page views (total)", "Total unique visitors (desktop)",
             "Total unique visitors (mobile)", "Total unique visitors (total)"],
            ["07/20/2026", 5, 10, 15, 3, 7, 10], ["07/21/2026", 1, 1, 2, 1, 1, 2],
        ],
        "Industry": [["Industry", "Total views"], ["Retail", 80], ["Food", 8]],
    })  # fmt: skip
    days, split = read(book)
    assert [d["profile_visits"] for d in rows(days, "account_days")] == [15, 2]
    assert split.facts == {}
    assert [c.key for c in split.checks if c.state == "failed"] == ["visitors"]


def test_competitors_stand_under_the_period_of_the_first_line(tmp_path):
    book = write_xlsx(tmp_path / "c.xlsx", {"COMPETITORS": [
        ["07/20/2025", "07/19/2026"],
        ["Page", "Total Followers", "New Followers", "Total post engagements", "Total posts"],
        ["Kopi Serambi", 900, 120, 3000, 60], ["Kopi Tetangga", 5000, 700, 9000, 145],
    ]})  # fmt: skip
    (extract,) = read(book)
    one, two = rows(extract, "account_periods")
    assert (one["account"], two["account"]) == ("linkedin:kopi-serambi", "linkedin:kopi tetangga")
    assert (two["start"], two["until"]) == (date(2025, 7, 20), date(2026, 7, 20))
    assert (two["followers"], two["followers_net"], two["posts_published"]) == (5000, 700, 145)
    assert [a["relation"] for a in rows(extract, "accounts")] == ["own", "competitor"]
    assert [d["followers"] for d in rows(extract, "account_days")] == [900, 5000]


def test_without_a_period_only_followers_of_competitors_are_taken(tmp_path):
    book = write_xlsx(tmp_path / "c.xlsx", {"COMPETITORS": [
        ["Page", "Total Followers", "New Followers", "Total post engagements", "Total posts"],
        ["Kopi Serambi", 900, 120, 3000, 60], ["Kopi Tetangga", 5000, 700, 9000, 145],
    ]})  # fmt: skip
    (extract,) = read(book)
    assert set(extract.facts) == {"account_days", "accounts"}
    assert "period" in {c.key for c in extract.checks}


def person(path: Path) -> Path:
    link = "https://www.linkedin.com/posts/dewi_kopi-{}-{}-AbCd"
    return write_xlsx(path, {
        "DISCOVERY": [["Overall Performance", "4/14/2025 - 4/13/2026"], ["Impressions", "12,345"],
                      ["Members reached", "6,789"]],
        "ENGAGEMENT": [["Date", "Impressions", "Engagements"], ["4/14/2025", "120", "-1"],
                       ["4/15/2025", "80", "6"]],
        "TOP POSTS": [
            ["Maximum of 50 posts available to include in this list"], [],
            ["Post URL", "Post publish date", "Engagements", "", "Post URL", "Post publish date",
             "Impressions"],
            [link.format("share", 7300000000000000001), "5/20/2025", "40", "",
             link.format("ugcPost", 7300000000000000002), "6/1/2025", "900"],
            [link.format("share", 7200000000000000003), "1/2/2024", "10", "",
             link.format("share", 7300000000000000001), "5/20/2025", "800"],
        ],
        "FOLLOWERS": [["Total followers on 4/13/2026:", "4,321"], [], ["Date", "New followers"],
                      ["4/14/2025", "3"], ["4/15/2025", "0"]],
        "DEMOGRAPHICS": [["Top Demographics", "Value", "Percentage"], ["Job titles", "Founder", "5%"],
                         ["Locations", "Surabaya", "< 1%"], ["Companies", "Kopi", "2%"]],
    })  # fmt: skip


def test_a_persons_export_gives_each_sheet_its_place(tmp_path):
    book = person(tmp_path / "AggregateAnalytics_Dewi_2025-04-14_2026-04-13.xlsx")
    total, days, posts, followers, audience = read(book)
    (whole,) = rows(total, "account_periods")
    assert (whole["impressions"], whole["reach"]) == (12345, 6789)
    assert (whole["start"], whole["until"]) == (date(2025, 4, 14), date(2026, 4, 14))
    assert [d["interactions"] for d in rows(days, "account_days")] == [-1, 6]
    levels = {d["day"]: d.get("followers") for d in rows(followers, "account_days")}
    assert levels[date(2026, 4, 13)] == 4321
    assert sum(d["followers_gained"] or 0 for d in rows(followers, "account_days")) == 3
    shares = {r["segment"]: r["share"] for r in rows(audience, "audience")}
    assert shares == {"Founder": 0.05, "Surabaya": None}
    assert audience.aside_count == 1
    found = posts.facts["posts"]
    assert pc.sum(found["interactions"]).as_py() == 40  # the post of 2024 is older than the period
    assert pc.sum(found["impressions"]).as_py() == 1700
    assert pc.count_distinct(found["post"]).as_py() == 3


def test_a_persons_posts_have_no_figures_when_the_period_is_not_known(tmp_path):
    posts = read(person(tmp_path / "export.xlsx"))[2]
    assert pc.sum(posts.facts["posts"]["impressions"]).as_py() is None
    assert "period" in {c.key for c in posts.checks}
