"""Every real export is read into the tables it holds, with no record lost."""

from __future__ import annotations

import csv
import io
import os
from pathlib import Path

import pytest

from tolok.connectors.reading import Sheet, read_file
from tolok.connectors.reading.sheet import Limits
from tolok.connectors.reading.texts import read_text

DATA = Path(
    os.environ.get("TOLOK_SHARED_DATA", Path(__file__).parents[5].parent / "shared" / "data")
)

# Per file: of each table the row of its header, its width, its rows, the rows set aside.
TABLES: dict[str, tuple[tuple[int, int, int, int], ...]] = {
    "exports/facebook_uci_500_posts/dataset_Facebook.csv": ((1, 19, 500, 0),),
    "exports/facebook_uci_500_posts/variants/dataset_Facebook_CR_only_line_ends.csv": ((1, 19, 500, 0),),
    "exports/facebook_uci_500_posts/variants/dataset_Facebook_mixed_spanish_headers.csv": ((1, 19, 500, 0),),
    "exports/facebook_uci_500_posts/variants/dataset_Facebook_type_column_missing.csv": ((1, 18, 500, 0),),
    "exports/ga4/en_daily/data-export.csv": ((10, 7, 241, 0),),
    "exports/ga4/en_daily/data-export.xlsx": ((1, 7, 241, 0),),
    "exports/ga4/en_events/data-export.csv": ((10, 5, 39, 0),),
    "exports/ga4/en_home_sections/data-export.csv": ((9, 2, 28, 0), (41, 2, 28, 0), (73, 2, 28, 0), (105, 2, 0, 0), (111, 2, 2, 0), (118, 2, 3, 0), (126, 2, 1, 0), (131, 2, 1, 0), (137, 4, 28, 0), (170, 7, 6, 0), (181, 2, 1, 0), (187, 2, 5, 0), (197, 2, 0, 0), (203, 2, 0, 0), (209, 2, 0, 0),),
    "exports/ga4/source_categories/ga4_source_categories.csv": ((1, 2, 819, 0),),
    "exports/google_ads/campaigns_inr/Campaign report.csv": ((3, 23, 6, 0),),
    "exports/meta_ads/ngo_uah/MH4U-Ads-Feb-11-2021-Mar-11-2024.xlsx": ((1, 21, 51, 0),),
    "exports/meta_ads/ngo_uah/Untitled-report-Apr-1-2023-to-Mar-11-2024.xlsx": ((1, 11, 311, 0),),
    "exports/meta_business_suite/en_2020_2023_sections/New likes and follows (1).csv": ((3, 2, 1070, 0), (1076, 2, 189, 0),),
    "exports/meta_business_suite/en_2020_2023_sections/Page and profile visits (1).csv": ((3, 2, 1070, 0), (1076, 2, 1070, 0),),
    "exports/meta_business_suite/en_2020_2023_sections/Reach (1).csv": ((3, 2, 1070, 0), (1076, 2, 1070, 0),),
    "exports/meta_business_suite/en_2023_layout/Audience.csv": ((3, 1, 1, 0), (7, 1, 1, 0), (14, 3, 6, 0), (26, 2, 5, 0), (37, 2, 5, 0),),
    "exports/meta_business_suite/en_2023_layout/Page and profile visits.csv": ((3, 2, 90, 0), (96, 2, 90, 0),),
    "exports/meta_business_suite/en_2023_layout/Reach.csv": ((3, 2, 90, 0), (96, 2, 90, 0),),
    "exports/meta_business_suite/en_brand/Audience.csv": ((3, 3, 6, 0), (12, 10, 1, 0), (16, 10, 1, 0),),
    "exports/meta_business_suite/en_brand/Follows.csv": ((3, 2, 105, 0),),
    "exports/meta_business_suite/en_brand/Interactions (1).csv": ((3, 2, 105, 0),),
    "exports/meta_business_suite/en_brand/Interactions.csv": ((3, 2, 105, 0),),
    "exports/meta_business_suite/en_brand/Jan-14-2025_Apr-14-2025_1396269028466733.csv": ((1, 31, 261, 0),),
    "exports/meta_business_suite/en_brand/Mar-18-2025_Apr-14-2025_1019826952924933.csv": ((1, 18, 78, 0),),
    "exports/meta_business_suite/en_brand/Mar-18-2025_Apr-14-2025_553302954456165.csv": ((1, 38, 48, 0),),
    "exports/meta_business_suite/en_brand/Mar-18-2025_Apr-14-2025_578982927868853.csv": ((1, 18, 78, 0),),
    "exports/meta_business_suite/en_brand/Reach.csv": ((3, 2, 105, 0),),
    "exports/meta_business_suite/en_brand/Views.csv": ((3, 2, 105, 0),),
    "exports/meta_business_suite/en_brand/Visits (1).csv": ((3, 2, 105, 0),),
    "exports/meta_business_suite/en_brand/Visits.csv": ((3, 2, 105, 0),),
    "exports/meta_business_suite/en_creator/Audience.csv": ((3, 10, 1, 0), (7, 3, 6, 0), (16, 10, 1, 0),),
    "exports/meta_business_suite/en_creator/Follows.csv": ((3, 2, 20, 0),),
    "exports/meta_business_suite/en_creator/Interactions.csv": ((3, 2, 28, 0),),
    "exports/meta_business_suite/en_creator/Link clicks.csv": ((3, 2, 28, 0),),
    "exports/meta_business_suite/en_creator/May-25-2026_Jun-21-2026_1493633672508178.csv": ((1, 18, 21, 0),),
    "exports/meta_business_suite/en_creator/Reach.csv": ((3, 2, 28, 0),),
    "exports/meta_business_suite/en_creator/Views.csv": ((3, 2, 28, 0),),
    "exports/meta_business_suite/en_creator/Visits.csv": ((3, 2, 28, 0),),
    "exports/meta_business_suite/en_ngo_ukrainian_text/Audience.csv": ((3, 4, 1, 0), (7, 4, 1, 0), (11, 4, 6, 0), (20, 4, 6, 0), (29, 4, 10, 0), (42, 4, 5, 0), (50, 4, 10, 0), (63, 4, 5, 0),),
    "exports/meta_business_suite/en_ngo_ukrainian_text/Dec-12-2023_Mar-06-2024_1032418178499222.csv": ((1, 29, 44, 0),),
    "exports/meta_business_suite/en_ngo_ukrainian_text/Follows.csv": ((3, 2, 242, 0), (248, 2, 229, 0),),
    "exports/meta_business_suite/en_ngo_ukrainian_text/MH4U-data-master-file.xlsx": ((1, 5, 64, 0),),
    "exports/meta_business_suite/en_ngo_ukrainian_text/Reach.csv": ((3, 2, 242, 0), (248, 2, 242, 0),),
    "exports/meta_business_suite/en_ngo_ukrainian_text/Visits.csv": ((3, 2, 242, 0), (248, 2, 242, 0),),
    "exports/meta_business_suite/en_ngo_ukrainian_text/Visits.xlsx": ((2, 2, 242, 0), (247, 2, 242, 0),),
    "exports/meta_business_suite/en_ngo_ukrainian_text/combined.xlsx": ((1, 19, 241, 0),),
    "exports/meta_business_suite/pt_brand/data_14_09_23_a_14_09_24/Alcance.csv": ((3, 2, 367, 0),),
    "exports/meta_business_suite/pt_brand/data_14_09_23_a_14_09_24/Visitas.csv": ((3, 2, 367, 0),),
    "exports/meta_business_suite/pt_brand/data_14_09_24_a_14_09_25/Alcance.csv": ((3, 2, 366, 0),),
    "exports/meta_business_suite/pt_brand/data_14_09_24_a_14_09_25/Cliques no link.csv": ((3, 2, 366, 0),),
    "exports/meta_business_suite/pt_brand/data_14_09_24_a_14_09_25/Interações.csv": ((3, 2, 366, 0),),
    "exports/meta_business_suite/pt_brand/data_14_09_24_a_14_09_25/Público.csv": ((3, 3, 6, 0), (12, 10, 1, 0), (16, 10, 1, 0),),
    "exports/meta_business_suite/pt_brand/data_14_09_24_a_14_09_25/Seguidores.csv": ((3, 2, 161, 0),),
    "exports/meta_business_suite/pt_brand/data_14_09_24_a_14_09_25/Visitas.csv": ((3, 2, 366, 0),),
    "exports/meta_business_suite/pt_brand/data_14_09_24_a_14_09_25/Visualizações.csv": ((3, 2, 366, 0),),
    "exports/meta_business_suite/pt_brand/data_2024/Alcance.csv": ((3, 2, 367, 0),),
    "exports/meta_business_suite/pt_brand/data_2024/Formatos do conteúdo mais relevante.csv": ((3, 2, 1, 0),),
    "exports/meta_business_suite/pt_brand/data_2024/Público.csv": ((3, 1, 1, 0), (7, 3, 6, 0), (16, 2, 10, 0), (29, 2, 7, 0),),
    "exports/meta_business_suite/pt_brand/data_2024/Seguidores.csv": ((3, 2, 149, 0),),
    "exports/meta_business_suite/pt_brand/data_2024/Visitas.csv": ((3, 2, 367, 0),),
    "exports/meta_business_suite/pt_brand/data_2024/seg_cidades.csv": ((3, 2, 10, 0),),
    "exports/meta_business_suite/pt_brand/data_2024/seg_genero_idade.csv": ((3, 3, 6, 0),),
    "exports/meta_business_suite/pt_brand/data_2024/seg_paises.csv": ((3, 2, 7, 0),),
    "exports/sprout_social/airport_2025/Post Performance.csv": ((1, 122, 27, 0),),
    "exports/sprout_social/airport_2025/Profile Performance.csv": ((1, 66, 2190, 0),),
    "exports/tiktok_studio/en_creator/Content 2.csv": ((1, 8, 12, 0),),
    "exports/tiktok_studio/en_creator/Content 3.csv": ((1, 8, 6, 0),),
    "exports/tiktok_studio/en_creator/Content 4.csv": ((1, 8, 12, 0),),
    "exports/tiktok_studio/en_creator/Content.csv": ((1, 8, 13, 0),),
    "exports/tiktok_studio/en_creator/FollowerActivity.csv": ((1, 3, 168, 0),),
    "exports/tiktok_studio/en_creator/FollowerGender.csv": ((1, 2, 3, 0),),
    "exports/tiktok_studio/en_creator/FollowerHistory.csv": ((1, 3, 365, 0),),
    "exports/tiktok_studio/en_creator/FollowerTopTerritories.csv": ((1, 2, 11, 0),),
    "exports/tiktok_studio/en_creator/Overview.csv": ((1, 6, 365, 0),),
    "exports/tiktok_studio/en_creator/Viewers.csv": ((1, 4, 365, 0),),
    "exports/x/new_overview/account_overview_analytics.csv": ((1, 14, 7, 0),),
    "exports/x/old_2021_cc_by_sa/daily_tweet_activity_metrics_LisaDeBruine_20210101_20210201_en.csv": ((1, 38, 31, 0),),
    "exports/x/old_2021_cc_by_sa/daily_tweet_activity_metrics_LisaDeBruine_20210201_20210301_en.csv": ((1, 38, 28, 0),),
    "exports/x/old_2021_cc_by_sa/daily_tweet_activity_metrics_LisaDeBruine_20210301_20210401_en.csv": ((1, 38, 31, 0),),
    "exports/x/old_2021_cc_by_sa/daily_tweet_activity_metrics_LisaDeBruine_20210401_20210501_en.csv": ((1, 38, 30, 0),),
    "exports/x/old_2021_cc_by_sa/daily_tweet_activity_metrics_LisaDeBruine_20210501_20210601_en.csv": ((1, 38, 31, 0),),
    "exports/x/old_2021_cc_by_sa/daily_tweet_activity_metrics_LisaDeBruine_20210601_20210701_en.csv": ((1, 38, 30, 0),),
    "exports/x/old_2021_cc_by_sa/daily_tweet_activity_metrics_LisaDeBruine_20210701_20210801_en.csv": ((1, 38, 31, 0),),
    "exports/x/old_2021_cc_by_sa/daily_tweet_activity_metrics_LisaDeBruine_20210801_20210901_en.csv": ((1, 38, 31, 0),),
    "exports/x/old_2021_cc_by_sa/daily_tweet_activity_metrics_LisaDeBruine_20210901_20211001_en.csv": ((1, 38, 30, 0),),
    "exports/x/old_2021_cc_by_sa/daily_tweet_activity_metrics_LisaDeBruine_20211001_20211101_en.csv": ((1, 38, 31, 0),),
    "exports/x/old_2021_cc_by_sa/daily_tweet_activity_metrics_LisaDeBruine_20211101_20211201_en.csv": ((1, 38, 30, 0),),
    "exports/x/old_2021_cc_by_sa/daily_tweet_activity_metrics_LisaDeBruine_20211201_20220101_en.csv": ((1, 38, 31, 0),),
    "exports/x/old_2021_cc_by_sa/tweet_activity_metrics_LisaDeBruine_20210101_20210201_en.csv": ((1, 40, 188, 0),),
    "exports/x/old_2021_cc_by_sa/tweet_activity_metrics_LisaDeBruine_20210201_20210301_en.csv": ((1, 40, 193, 0),),
    "exports/x/old_2021_cc_by_sa/tweet_activity_metrics_LisaDeBruine_20210301_20210401_en.csv": ((1, 40, 268, 0),),
    "exports/x/old_2021_cc_by_sa/tweet_activity_metrics_LisaDeBruine_20210401_20210501_en.csv": ((1, 40, 305, 0),),
    "exports/x/old_2021_cc_by_sa/tweet_activity_metrics_LisaDeBruine_20210501_20210601_en.csv": ((1, 40, 263, 0),),
    "exports/x/old_2021_cc_by_sa/tweet_activity_metrics_LisaDeBruine_20210601_20210701_en.csv": ((1, 40, 222, 0),),
    "exports/x/old_2021_cc_by_sa/tweet_activity_metrics_LisaDeBruine_20210701_20210801_en.csv": ((1, 40, 221, 0),),
    "exports/x/old_2021_cc_by_sa/tweet_activity_metrics_LisaDeBruine_20210801_20210901_en.csv": ((1, 40, 356, 0),),
    "exports/x/old_2021_cc_by_sa/tweet_activity_metrics_LisaDeBruine_20210901_20211001_en.csv": ((1, 40, 311, 0),),
    "exports/x/old_2021_cc_by_sa/tweet_activity_metrics_LisaDeBruine_20211001_20211101_en.csv": ((1, 40, 373, 0),),
    "exports/x/old_2021_cc_by_sa/tweet_activity_metrics_LisaDeBruine_20211101_20211201_en.csv": ((1, 40, 268, 0),),
    "exports/x/old_2021_cc_by_sa/tweet_activity_metrics_LisaDeBruine_20211201_20220101_en.csv": ((1, 40, 119, 0),),
    "exports/youtube_studio/en_all_columns/Table data.csv": ((1, 24, 1, 0),),
    "exports/youtube_studio/en_billmengg/Cities.csv": ((1, 5, 501, 1),),
    "exports/youtube_studio/en_billmengg/Content.csv": ((1, 10, 239, 0),),
    "exports/youtube_studio/en_billmengg/Date.csv": ((1, 5, 451, 0),),
    "exports/youtube_studio/en_billmengg/Traffic source.csv": ((1, 6, 17, 0),),
    "exports/youtube_studio/en_in_shorts/Chart data.csv": ((1, 6, 5485, 0),),
    "exports/youtube_studio/en_in_shorts/Table data.csv": ((1, 14, 499, 0),),
    "exports/youtube_studio/en_in_shorts/Totals.csv": ((1, 2, 1097, 0),),
    "exports/youtube_studio/pt_brl_revenue/Dados da tabela.csv": ((1, 9, 501, 1),),
    "header_reference/hootsuite_post_performance_unverified.csv": ((3, 14, 2, 0),),
    "header_reference/meltwater_mentions_utf16.tsv": ((1, 52, 1, 0),),
    "header_reference/meta_ads_en_egp.csv": ((1, 21, 2, 0),),
    "header_reference/meta_ads_en_idr.csv": ((1, 7, 2, 0),),
    "header_reference/meta_ads_id_ad_level_hourly.csv": ((1, 18, 5, 0),),
    "header_reference/meta_ads_id_ad_level_short.csv": ((1, 10, 1, 0),),
    "header_reference/metricool_buffer_later_agorapulse_unverified.txt": ((5, 12, 0, 0), (7, 11, 1, 0), (10, 10, 1, 0), (13, 13, 0, 0),),
    "header_reference/shopee_affiliate_clicks_id.csv": ((1, 5, 3, 0),),
    "header_reference/shopee_affiliate_commission_id_header.csv": ((1, 47, 1, 0),),
    "header_reference/x_old_per_tweet_2015.csv": ((1, 40, 1, 0),),
}  # fmt: skip
TEXTS = [name for name in TABLES if not name.endswith(".xlsx")]


def real(name: str) -> Path:
    path = DATA / name
    if not path.exists():
        pytest.skip(f"real data absent: {name} (set TOLOK_SHARED_DATA)")
    return path


def records_of(path: Path, separator: str) -> list[list[str]]:
    """Read a file with Python's csv and nothing of ours."""
    raw = path.read_bytes()
    for encoding in ("utf-16",) if raw[:2] == b"\xff\xfe" else ("utf-8-sig", "cp1252"):
        try:
            text = raw.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))


def shape(sheet: Sheet) -> tuple[int, int, int, int]:
    return sheet.header_row, len(sheet.header), sheet.num_rows, len(sheet.set_aside)


@pytest.mark.data
@pytest.mark.parametrize("name", TABLES)
def test_a_real_export_holds_the_tables_it_is_known_to_hold(name: str) -> None:
    assert tuple(shape(sheet) for sheet in read_file(real(name))) == TABLES[name]


@pytest.mark.data
@pytest.mark.parametrize("name", TEXTS)
def test_every_record_of_a_real_export_is_in_a_sheet_or_its_notes(name: str) -> None:
    sheets = read_file(real(name))
    records = records_of(real(name), sheets[0].separator)
    filled = sum(1 for cells in records if any(cell.strip() for cell in cells))
    told = sum(len(s.preamble) + 1 + s.num_rows + len(s.set_aside) for s in sheets)
    empty_sections = sum(note.en.endswith("is empty.") for s in sheets for note in s.notes)
    assert told + empty_sections == filled


@pytest.mark.data
@pytest.mark.parametrize("name", TEXTS)
def test_cells_of_a_real_export_stand_where_python_finds_them(name: str) -> None:
    sheets = read_file(real(name))
    records = records_of(real(name), sheets[0].separator)
    for sheet in sheets:
        for index, row in enumerate(sheet.head(10_000)):
            cells = records[sheet.row_number(index) - 1]
            assert [cell or "" for cell in row[: len(cells)]] == cells[: len(row)]


@pytest.mark.data
@pytest.mark.parametrize("name", [n for n in TEXTS if len(TABLES[n]) == 1])
def test_the_fast_way_and_the_slow_way_read_the_same(name: str) -> None:
    raw = real(name).read_bytes()
    (slow,) = read_text(raw, name, Limits(), bulk_from=1 << 40)
    (fast,) = read_text(raw, name, Limits(), bulk_from=0)
    assert fast.header == slow.header
    assert fast.table().equals(slow.table())
    assert fast.row_numbers().equals(slow.row_numbers())


@pytest.mark.data
def test_sections_of_an_old_layout_are_named_by_their_titles() -> None:
    name = "exports/meta_business_suite/en_2020_2023_sections/Reach (1).csv"
    assert [sheet.name for sheet in read_file(real(name))] == [
        "Facebook Page reach",
        "Instagram reach",
    ]


@pytest.mark.data
def test_each_table_of_a_ga4_snapshot_has_its_own_start_date() -> None:
    sheets = read_file(real("exports/ga4/en_home_sections/data-export.csv"))
    starts = {sheet.preamble_pairs()["Start date"] for sheet in sheets}
    assert starts == {"20230424", "20230409"}
