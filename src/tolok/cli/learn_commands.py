"""`tolok label`, `relabel`, `learn`, `attribute` and `value`: from texts, touches and orders to facts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table
from rich.text import Text as Line

from tolok.base import BrandProfile, Locale, Money, Text, UserError
from tolok.intake.credits import DEFAULT_MODELS, DIMENSIONS, Attributed, attribute_brand
from tolok.intake.event_logs import import_order_log, import_touch_log
from tolok.intake.friends import count_friends, note_referrals
from tolok.intake.honest_share import SentimentShare, share_sentiment
from tolok.intake.labels import Labelled, label_brand
from tolok.intake.lifetimes import Valued, value_brand
from tolok.intake.relabels import forget_learning, learn, list_to_check, model_of, relabel
from tolok.intake.subjects import name_subjects
from tolok.intake.threads import summarise_threads
from tolok.intake.topics import BrandTopics, propose_topics, read_topics, save_topics, topics_file
from tolok.intake.tracing import count_social
from tolok.lake import Lake, LakeView
from tolok.value import MODELS, REVENUE_ONLY, Margin, Window

from .state import State, brand_option, pass_state
from .tables import Column, lay_table
from .terminal import QUIET, WARN, console

_LABELLED = Text("{written} texts labelled by {version}; {kept} keep a label of a person or of their source.",
                 "{written} teks diberi label oleh {version}; {kept} tetap memakai label orang atau sumbernya.")  # fmt: skip
_FOREIGN = Text("{count} are in languages the model does not know and stay without a sentiment.",
                "{count} memakai bahasa yang tidak dikenal model dan tidak diberi sentimen.")  # fmt: skip
_SUBJECTS = Text("Mentions: {own} ours, {competitor} of competitors, {other} of others.",
                 "Sebutan: {own} merek kita, {competitor} pesaing, {other} lainnya.")  # fmt: skip
_TOPICS = Text("Topics proposed; rename them or change their words in {file}.",
               "Topik diusulkan; ganti nama atau kata-katanya di {file}.")  # fmt: skip
_SENTIMENT = {"positive": Text("positive", "positif"), "neutral": Text("neutral", "netral"),
              "negative": Text("negative", "negatif")}  # fmt: skip
_DOUBT = {"low": Text("unsure", "kurang yakin"), "both": Text("praise and blame", "pujian dan celaan"),
          "irony": Text("irony?", "ironi?"), "empty": Text("nothing to read", "tanpa kata"),
          "language": Text("other language", "bahasa lain")}  # fmt: skip
_BY = {"channel": Text("channel", "saluran"), "platform": Text("platform", "platform"),
       "campaign": Text("campaign", "kampanye"), "partnership": Text("partnership", "kemitraan"),
       "post": Text("post", "unggahan")}  # fmt: skip
_RATIO = Text("positive of those with a feeling", "positif dari yang bernada")
_LABELLING = Text("labelling", "melabeli")
_CHECK = Text("Say what they are: tolok relabel ID=positive ID=negative --drawn {drawn}",
              "Beri label: tolok relabel ID=positive ID=negative --drawn {drawn}")  # fmt: skip
_NOTHING = Text("Nothing to check.", "Tidak ada yang perlu diperiksa.")
_WROTE = Text("{count} labels of yours are kept; no model will change them.",
              "{count} label Anda disimpan; tidak akan diubah model mana pun.")  # fmt: skip
_PAIR = Text("“{pair}” is not of the form ID=sentiment.", "“{pair}” tidak berbentuk ID=sentimen.")
_FORGOTTEN = Text("Undone: the model as it ships is used again. Run tolok label.",
                  "Dibatalkan: model bawaan dipakai lagi. Jalankan tolok label.")  # fmt: skip
_NOT_LEARNED = Text(
    "There was nothing learned to undo.", "Belum ada hasil belajar untuk dibatalkan."
)
_RELABEL = Text("Run tolok label to label with what was learned.",
                "Jalankan tolok label untuk melabeli dengan hasil belajar ini.")  # fmt: skip
_MARGIN = Text("How much of a sale remains as profit is not assumed.",
               "Porsi laba dari penjualan tidak diandaikan begitu saja.")  # fmt: skip
_MARGIN_HINT = Text("Say --margin 0.35 for 35 %, or --revenue to count revenue.",
                    "Sebutkan --margin 0.35 untuk 35 %, atau --revenue untuk menghitung pendapatan.")  # fmt: skip
_CREDITED = Text("{done} conversions credited, {without} without any touch in {days:g} days.",
                 "{done} konversi diberi kredit, {without} tanpa sentuhan dalam {days:g} hari.")  # fmt: skip
_CAUSE = Text("Models disagree; none of them proves cause.",
              "Hasil antar model berbeda; tidak satu pun membuktikan sebab-akibat.")  # fmt: skip
_TRACED = Text("{social} of {orders} orders trace back to social media; of {unknown} nothing tells.",
               "{social} dari {orders} pesanan terlacak ke media sosial; {unknown} tidak diketahui.")  # fmt: skip
_REFERRED = Text("{count} customers were brought by friends, by their first order.",
                 "{count} pelanggan diajak teman, menurut pesanan pertamanya.")  # fmt: skip
_VALUED = Text("{customers} customers valued by {model}, {repeaters} came back.",
               "{customers} pelanggan dinilai dengan {model}, {repeaters} kembali membeli.")  # fmt: skip
_EXPECTED = Text("Expected in {days} days: {value} (90 %: {low} to {high}).",
                 "Diperkirakan dalam {days} hari: {value} (90 %: {low} sampai {high}).")  # fmt: skip
_BACKTEST = Text("Checked on the last quarter: {expected:,.0f} repeat orders foretold, {actual:,.0f} came.",
                 "Diuji pada seperempat terakhir: diramal {expected:,.0f} pembelian ulang, terjadi {actual:,.0f}.")  # fmt: skip
_REPEAT = Text(
    "Bought again within {days} days: {rate}.", "Membeli lagi dalam {days} hari: {rate}."
)
_SO_FAR = Text(
    "Value per customer in {days} days: {value}.", "Nilai per pelanggan dalam {days} hari: {value}."
)


@click.command("label")
@brand_option
@click.option("--own", multiple=True, help="Name of ours in the column of subjects (repeatable).")
@click.option("--competitor", multiple=True, help="Name of a competitor (repeatable).")
@click.option(
    "--set", "brand_set", default="main", show_default=True, help="Name of this set of brands."
)
@click.option("--new-topics", is_flag=True, help="Propose the topics anew.")
@pass_state
def label_command(
    state: State, brand: str | None, own: tuple[str, ...], competitor: tuple[str, ...],
    brand_set: str, new_topics: bool,
) -> None:  # fmt: skip
    """Label what people wrote: language, sentiment, kinds, topics. Only what is new is read."""
    profile, lake, out, language = state.brand(brand), state.lake(), console(), state.language
    if own:
        found = {"own": 0, "competitor": 0, "other": 0} | name_subjects(
            lake, profile.slug, own=own, competitors=competitor, brand_set=brand_set)  # fmt: skip
        out.print(_SUBJECTS.say(language, **found))
    topics = _topics(state, lake, profile, own + competitor, anew=new_topics)
    done = _with_bar(state, lambda show: label_brand(
        lake, profile.slug, model_of(state.workspace.folder), topics=topics, progress=show))  # fmt: skip
    count_friends(lake, profile.slug)
    if done.written:
        summarise_threads(lake, profile.slug)
    locale = Locale(language)
    out.print(_LABELLED.say(language, written=locale.format_number(done.written),
                            kept=locale.format_number(done.kept), version=done.version))  # fmt: skip
    if done.foreign:
        out.print(_FOREIGN.say(language, count=locale.format_number(done.foreign)), style=QUIET)
    _print_shares(state, out, share_sentiment(LakeView(lake), profile.slug))


def _topics(
    state: State, lake: Lake, profile: BrandProfile, names: tuple[str, ...], *, anew: bool
) -> BrandTopics:
    path = topics_file(state.workspace.folder, profile.slug)
    known = None if anew else read_topics(path)
    if known is not None:
        return known
    table = LakeView(lake).table("interactions")
    rows = table.filter((table.brand == profile.slug) & table.text.notnull())
    proposed = propose_topics(
        rows.order_by("interaction").text.to_pyarrow().to_pylist(), exclude=names
    )
    if proposed.topics:
        save_topics(proposed, path)
        console().print(_TOPICS.say(state.language, file=path), style=QUIET)
    return proposed


def _with_bar(state: State, work: Callable[[Callable[[int, int], None]], Labelled]) -> Labelled:
    err = Console(stderr=True)
    with Progress(TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), console=err,
                  transient=True, disable=not err.is_terminal) as bar:  # fmt: skip
        task = bar.add_task(_LABELLING.say(state.language), total=None)
        return work(lambda done, whole: bar.update(task, completed=done, total=whole))


def _print_shares(state: State, out: Console, said: SentimentShare) -> None:
    locale, language = Locale(state.language), state.language
    rows = [(_SENTIMENT[k].say(language), s) for k, s in said.shares.items()]
    rows += [(_RATIO.say(language), said.ratio)] if said.ratio else []
    for name, share in rows:
        ends = f"{locale.format_percent(share.low)} – {locale.format_percent(share.high)}"
        out.print(f"  {locale.format_percent(share.value):>8}  {name}  ({ends})")
    out.print("  " + said.say(language), style=QUIET, soft_wrap=True)


@click.command("relabel", epilog="Examples:\n\n\b\n  tolok relabel --queue random --count 100\n"
               "  tolok relabel instagram:17=negative instagram:20=positive\n")  # fmt: skip
@click.argument("pairs", nargs=-1, metavar="[ID=SENTIMENT]...")
@brand_option
@click.option("--queue", type=click.Choice(["doubtful", "random"]), default="doubtful", show_default=True,
              help="Which to look at first: for learning, or for honest shares.")  # fmt: skip
@click.option("--count", default=20, show_default=True, help="How many to show.")
@click.option("--drawn", type=click.Choice(["doubtful", "random", "chosen"]), default="chosen",
              help="How the labelled ones were drawn.")  # fmt: skip
@click.option("--person", envvar="USER", default="cli", help="Who labels.")
@pass_state
def relabel_command(
    state: State, pairs: tuple[str, ...], brand: str | None, queue: str, count: int, drawn: str,
    person: str,
) -> None:  # fmt: skip
    """Show what a person should check, or write what a person says."""
    profile, lake, out = state.brand(brand), state.lake(), console()
    if pairs:
        said = dict(_split(pair) for pair in pairs)
        relabel(lake, profile.slug, said, person=person, drawn=drawn)  # type: ignore[arg-type]
        out.print(_WROTE.say(state.language, count=len(said)))
        return
    rows = list_to_check(LakeView(lake), profile.slug, count, drawn=queue)  # type: ignore[arg-type]
    listed, locale = [], Locale(state.language)
    for row in rows.to_pylist():
        said_ = _SENTIMENT[row["sentiment"]].say(state.language)
        listed.append((row["interaction"], f"{said_} {locale.format_number(row['confidence'], 2)}",
                       Line(_doubt(row["doubt"], state), style=WARN), Line(row["masked"] or "")))  # fmt: skip
    columns = [Column(), Column(), Column(wraps=True, rank=1, least=14), Column(wraps=True)]
    out.print(lay_table(columns, listed, out.width) if listed else _NOTHING.say(state.language))
    if rows.num_rows:
        out.print(_CHECK.say(state.language, drawn=queue), style=QUIET, markup=False)


def _doubt(key: str | None, state: State) -> str:
    return _DOUBT[key].say(state.language) if key in _DOUBT else ""


def _split(pair: str) -> tuple[str, str]:
    name, sign, said = pair.rpartition("=")
    if not sign or not name:
        raise UserError(_PAIR, pair=pair)
    return name, said


@click.command("learn")
@click.option("--undo", is_flag=True, help="Forget what was learned.")
@pass_state
def learn_command(state: State, undo: bool) -> None:
    """Let the workspace's model learn from your labels; kept only where it helps."""
    out, language = console(), state.language
    if undo:
        was = forget_learning(state.workspace.folder)
        out.print((_FORGOTTEN if was else _NOT_LEARNED).say(language))
        return
    learned = learn(state.lake(), state.workspace.folder)
    out.print(learned.say_gain(language), soft_wrap=True)
    if learned.is_kept:
        out.print(_RELABEL.say(language), style=QUIET)


@click.command("attribute", epilog="Examples:\n\n\b\n  tolok attribute touches.csv --currency USD\n"
               "  tolok attribute --window 7 --by campaign\n")  # fmt: skip
@click.argument("files", nargs=-1, type=click.Path(path_type=Path, exists=True))
@brand_option
@click.option(
    "--window", default=30.0, show_default=True, help="Days before a conversion that count."
)
@click.option("--by", type=click.Choice(DIMENSIONS), default="channel", show_default=True,
              help="What the data-driven models look at, and the table shows.")  # fmt: skip
@click.option("--model", "models", multiple=True, type=click.Choice(DEFAULT_MODELS),
              help="Only these models (repeatable).")  # fmt: skip
@click.option("--currency", help="Currency of values in FILES.  [default: the brand's]")
@pass_state
def attribute_command(
    state: State, files: tuple[Path, ...], brand: str | None, window: float, by: str,
    models: tuple[str, ...], currency: str | None,
) -> None:  # fmt: skip
    """Credit conversions to the touches before them, by several models side by side."""
    profile, lake = state.brand(brand), state.lake()
    for path in files:
        import_touch_log(lake, profile.slug, path, currency=(currency or profile.currency).upper())
    done = attribute_brand(
        lake, profile.slug, Window(window), by=by, models=models or DEFAULT_MODELS
    )
    out, language = console(), state.language
    out.print(_CREDITED.say(language, done=done.conversions, without=done.without, days=window))
    out.print(_side_by_side(state, lake, profile.slug, done, by))
    out.print(_CAUSE.say(language), style=QUIET)
    _print_traced(out, lake, profile.slug, state)


def _print_traced(out: Console, lake: Lake, brand: str, state: State) -> None:
    locale, language = Locale(state.language), state.language
    orders, social, unknown = (locale.format_number(n) for n in count_social(lake, brand))
    if orders != "0":
        out.print(_TRACED.say(language, orders=orders, social=social, unknown=unknown))
    brought = note_referrals(lake, brand)
    if brought:
        out.print(_REFERRED.say(language, count=locale.format_number(brought)))


def _side_by_side(state: State, lake: Lake, brand: str, done: Attributed, by: str) -> Table:
    rows = LakeView(lake).table("credits").filter(lambda t: t.brand == brand)
    sums = rows.group_by("model", by).aggregate(share=rows.share.sum()).to_pyarrow().to_pylist()
    found = {(r["model"], r[by]): r["share"] for r in sums}
    columns = [Column(_BY[by].say(state.language), wraps=True)]
    columns += [
        Column(MODELS[m].name.say(state.language), is_number=True, wraps=True, least=8)
        for m in done.models
    ]
    table: list[tuple[str, ...]] = []
    locale = Locale(state.language)
    for name in sorted({r[by] for r in sums}, key=lambda n: (n is None, n or "")):
        cells = [locale.format_number(found.get((m, name), 0.0), 2) for m in done.models]
        table.append((name or "–", *cells))
    return lay_table(columns, table, console().width)


@click.command("value", epilog="Example:\n\n\b\n  tolok value orders.txt --currency USD --revenue --as-of 1997-09-30\n")  # fmt: skip
@click.argument("files", nargs=-1, type=click.Path(path_type=Path, exists=True))
@brand_option
@click.option("--margin", help="Share of a sale that remains as profit, such as 0.35.")
@click.option("--revenue", is_flag=True, help="Count revenue, not profit.")
@click.option("--horizon", default=365, show_default=True, help="Days ahead.")
@click.option(
    "--discount", default=0.0, show_default=True, help="Yearly discount rate, such as 0.1."
)
@click.option(
    "--as-of", type=click.DateTime(["%Y-%m-%d"]), help="Day of valuation.  [default: last order]"
)
@click.option("--currency", help="Currency of FILES, and of the orders to value.")
@pass_state
def value_command(
    state: State, files: tuple[Path, ...], brand: str | None, margin: str | None, revenue: bool,
    horizon: int, discount: float, as_of: datetime | None, currency: str | None,
) -> None:  # fmt: skip
    """Value customers by their orders: expected value with intervals, or what they brought so far."""
    profile, lake = state.brand(brand), state.lake()
    kept = _margin(margin, is_revenue=revenue)
    for path in files:
        import_order_log(lake, profile.slug, path, currency=(currency or profile.currency).upper())
    done = value_brand(lake, profile.slug, profile.calendar, margin=kept, horizon_days=horizon,
                       discount=discount, as_of=as_of.date() if as_of else None,
                       currency=currency.upper() if currency else None)  # fmt: skip
    _print_valued(state, done, horizon)


def _margin(told: str | None, *, is_revenue: bool) -> Margin:
    if is_revenue and told is None:
        return REVENUE_ONLY
    try:
        if told is not None and not is_revenue:
            return Margin(Decimal(told))
    except InvalidOperation:
        pass
    raise UserError(_MARGIN, _MARGIN_HINT)


def _print_valued(state: State, done: Valued, horizon: int) -> None:
    out, language, locale = console(), state.language, Locale(state.language)
    out.print(_VALUED.say(language, customers=locale.format_number(done.customers), model=done.model,
                          repeaters=locale.format_number(done.repeaters)))  # fmt: skip
    if done.reason is not None:
        out.print(done.reason.message.say(language, **done.reason.data), style=WARN, soft_wrap=True)
    if done.total is not None and done.currency is not None:
        value, low, high = (locale.format_money(Money(v, done.currency)) for v in done.total)
        out.print(_EXPECTED.say(language, days=horizon, value=value, low=low, high=high))
    if done.check is not None:
        out.print(_BACKTEST.say(language, expected=done.check.expected, actual=done.check.actual))  # fmt: skip
    if done.repeat.rate is not None:
        out.print(_REPEAT.say(language, days=done.repeat.days,
                              rate=locale.format_percent(done.repeat.rate.estimate)))  # fmt: skip
    if done.plain.value is not None and done.currency is not None:
        worth = locale.format_money(Money.of(done.plain.value.estimate, done.currency))
        out.print(_SO_FAR.say(language, days=done.plain.days, value=worth))
    for note in (*done.notes, *((done.plain.reason,) if done.plain.reason else ())):
        out.print("  " + note.say(language), style=QUIET, soft_wrap=True)


COMMANDS = (label_command, relabel_command, learn_command, attribute_command, value_command)
