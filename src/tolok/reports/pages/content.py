"""Content: the best and the weakest posts, by type, hour and weekday."""

from __future__ import annotations

from collections.abc import Iterable

from tolok.base import LANGUAGES, TIMES, Locale, Text, local_moment

from ..blocks import Block, Cell, Charts, Column, Grid, Quote, Words
from ..case import Case
from ..draw.chart import Chart
from ..names import KIND_NAMES
from ..narrative import explain_change
from ..number import Number, number_of
from ..page import Page
from ..parts import group_chart, group_names, history_chart, tell
from ..posts import Post, rank_posts
from ..sentence import Sentence

_BEST = Text("The best post won {value} engagements, {times} of what a post brings on average ({usual}).",
             "Unggahan terbaik meraih {value} interaksi, {times} dari rata-rata per unggahan "
             "({usual}).")  # fmt: skip
_KIND = Text("Per post, {best} brought most: {value}, from {count} posts. A few posts or one viral hit "
             "can make such a lead, so treat it as a hint to test.",
             "Per unggahan, {best} paling tinggi: {value}, dari {count} unggahan. Segelintir unggahan "
             "atau satu yang viral bisa membuat selisih seperti ini, jadi anggap petunjuk yang "
             "perlu diuji.")  # fmt: skip
_SCARCE = Text("{count} posts are too few to prefer an hour or a weekday.",
               "{count} unggahan terlalu sedikit untuk memilih jam atau hari.")  # fmt: skip
_ENOUGH = 60


def post_grid(case: Case, posts: list[Post], title: Text) -> Grid:
    """Return posts as a table: when, where, what, and what they won."""
    columns = (
        Column(Text("Published", "Terbit"), "left"), Column(Text("Platform", "Platform"), "left"),
        Column(Text("Type", "Jenis"), "left"), Column(Text("Caption", "Keterangan"), "left", 4),
        Column(posts[0].fact.metric.name),
    )  # fmt: skip
    return Grid(columns, tuple(_row(case, p) for p in posts), title)


def _row(case: Case, post: Post) -> tuple[Cell, ...]:
    moment = post.row["published_at"]
    day = local_moment(case.profile.time_zone, moment).date()
    kind = post.row["kind"]
    return (
        Text(*(Locale(x).format_date(day) for x in LANGUAGES)), case.name_of(post.row["platform"]),
        KIND_NAMES.get(kind, Text(str(kind), str(kind))),
        Quote(post.words or "–", post.row["permalink"]), number_of(post.fact),
    )  # fmt: skip


def _answer(case: Case, best: list[Post]) -> tuple[Sentence, ...]:
    usual = case.fact("engagements_per_post")
    top = best[0].fact
    if usual is None or not usual.figure.value or top.figure.value is None:
        return ()
    times = Number(top.figure.value / usual.figure.value, TIMES, "share", (top, usual))
    data = {"value": number_of(top), "times": times, "usual": number_of(usual)}
    return (Sentence(_BEST, data),)


def _say_kind(case: Case, chart: Chart | None) -> tuple[Sentence, ...]:
    if chart is None or len(chart.categories) < 2:
        return ()
    value = chart.series[0].numbers[0]
    if value is None:
        return ()
    group = value.sources[0].figure.group.get("kind")  # type: ignore[union-attr]
    counts = case.facts(["posts_published"], [case.period], by=("kind",))
    count = next((f for f in counts if f.figure.group.get("kind") == group), None)
    if count is None:
        return ()
    name = group_names(case, "kind", [count])[group]
    return (Sentence(_KIND, {"best": name, "value": value, "count": number_of(count)}),)


def _build(case: Case) -> Iterable[Block]:
    best, worst = rank_posts(case)
    if not best:
        return
    said = (*_answer(case, best), *explain_change(case, "engagements", "kind"))
    if said:
        yield Words(said, is_answer=True)
    yield post_grid(case, best, Text("Best posts", "Unggahan terbaik"))
    if worst:
        yield post_grid(case, worst, Text("Weakest posts", "Unggahan terlemah"))
    kinds = group_chart(case, "engagements_per_post", "kind",
                        title=Text("Engagements per post by type", "Interaksi per unggahan menurut jenis"))  # fmt: skip
    yield from _timing(case, kinds)


def _timing(case: Case, kinds: Chart | None) -> Iterable[Block]:
    posts = case.fact("posts_published")
    hours = group_chart(case, "engagements_per_post", "hour", kind="column", sort=False, most=24,
                        title=Text("Engagements per post by hour", "Interaksi per unggahan menurut jam"))  # fmt: skip
    days = group_chart(case, "engagements_per_post", "weekday", kind="column", sort=False,
                       title=Text("Engagements per post by weekday", "Interaksi per unggahan menurut hari"))  # fmt: skip
    told = tell(case, "engagements_per_post")
    shown = [c for c in (kinds, history_chart(case, told) if told else None, hours, days) if c]
    if shown:
        yield Charts(tuple(shown))
    said = list(_say_kind(case, kinds))
    if (
        posts
        and posts.figure.value is not None
        and posts.figure.value < _ENOUGH
        and (hours or days)
    ):
        said.append(Sentence(_SCARCE, {"count": number_of(posts)}))
    if said:
        yield Words(tuple(said))


PAGE = Page(
    key="content", order=50, build=_build,
    title=Text("Content", "Konten"),
    question=Text("Which posts worked, and which did not?", "Unggahan mana yang berhasil, mana yang tidak?"),
    nothing=Text("No post of this period has figures yet.", "Belum ada unggahan periode ini yang punya angka."),
    needs=("engagements",), follows=("engagements_per_post",), serves=("K2.2", "K2.3", "K8.2"),
)  # fmt: skip
