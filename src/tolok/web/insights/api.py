# ruff: noqa: ARG001 - addresses name the brand and the thing; the gate has found them
"""Operations on figures of others, all brands, notes on the time axis, and saved views."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest
from ninja import Router, Schema, Status
from ninja.pagination import paginate

from tolok.base import Text, UserError
from tolok.metrics import load_metrics
from tolok.web.accounts.facts import engine_of
from tolok.web.accounts.models import Brand
from tolok.web.bodies import (
    ChangeOut,
    FigureOut,
    body_of,
    judge,
    tell_change,
    tell_figure,
    tell_row,
)
from tolok.web.operations import AT, Gate, access_of, has_row, read_period

from .competitors import others_of
from .models import FirstView, Note, View
from .notes import NoteForm, keep_note, remove_note
from .periods import usual_period
from .portfolio import lines_for
from .published import SEGMENTS
from .views import ViewForm, keep_view, make_first, remove_view, views_of

ROUTER = Router(tags=["insights"])
NoteIn: Any = body_of(NoteForm, "NoteIn")
ViewIn: Any = body_of(ViewForm, "ViewIn")
_ENOUGH = Text("Fifty views are kept, which is enough.", "Lima puluh tampilan sudah tersimpan.")
_REMOVE = Text("Remove one first.", "Hapus satu dulu.")
_NO_SEGMENT = Text("{asked} is no industry we know figures of.",
                   "{asked} bukan industri yang angkanya kami ketahui.")  # fmt: skip
_SEE_THEM = Text("Known are: {known}.", "Yang dikenal: {known}.")


class OtherOut(Schema):
    """A competitor's account with its figure."""

    account: str
    figure: FigureOut


class BesideOut(Schema):
    """One metric on one platform: ours beside those of competitors, the highest first."""

    metric: str
    platform: str
    ours: FigureOut | None
    others: list[OtherOut]
    middle: float | None
    place: int | None
    of: int | None


class VoiceOut(Schema):
    """A share of the talk in a set of brands watched together; null where it cannot be said."""

    brand_set: str
    subject: str
    is_ours: bool
    share: float | None
    low: float | None
    high: float | None
    mentions: int


class PublishedOut(Schema):
    """A published figure beside ours: who says it, of when, of whom, and the difference."""

    metric: str
    platform: str
    ours: FigureOut | None
    value: float | None
    words: str
    publisher: str
    report_year: str
    data_period: str
    region: str
    segment: str
    sample: str
    change: ChangeOut


class OthersOut(Schema):
    """What is known of others in a period; `refused` are figures that mean something else."""

    period: str
    beside: list[BesideOut]
    voices: list[VoiceOut]
    published: list[PublishedOut]
    refused: list[PublishedOut]


class BrandLineOut(Schema):
    """How a brand stands: how many KPIs have which verdict, and its last day with data."""

    slug: str
    name: str
    states: dict[str, int]
    last: date | None
    is_stale: bool
    is_waiting: bool


class NoteOut(Schema):
    """A note on a day; an empty metric stands for the charts of all metrics."""

    id: int
    metric: str
    day: date
    text: str
    made_by: str


class ViewOut(Schema):
    """A saved view of the scorecard, or of a metric's page: the question part of its address."""

    id: int
    name: str
    metric: str
    query: str
    is_shared: bool
    is_mine: bool
    is_first: bool


def has_note(brand: Brand, note: int) -> bool:
    """Whether the brand has the note."""
    return has_row(Note.objects.filter(brand=brand), note)


def has_view(brand: Brand, view: int) -> bool:
    """Whether the brand has the view; whose it is the operation sees to."""
    return has_row(View.objects.filter(brand=brand), view)


def is_metric(_brand: Brand, metric: str) -> bool:
    """Whether the catalogue has the metric."""
    return metric in load_metrics()


def _beside(one: Any) -> BesideOut:
    place = one.place or (None, None)
    return BesideOut(
        metric=one.metric.key, platform=one.platform, middle=one.middle, place=place[0],
        of=place[1], ours=tell_figure(one.ours) if one.ours else None,
        others=[OtherOut(account=o.account, figure=tell_figure(o.figure)) for o in one.others],
    )  # fmt: skip


def _voice(one: Any) -> VoiceOut:
    return VoiceOut(
        brand_set=one.brand_set, subject=one.subject, is_ours=one.is_ours, share=one.figure.value,
        low=one.figure.low, high=one.figure.high, mentions=one.figure.base or 0,
    )  # fmt: skip


def _published(one: Any) -> PublishedOut:
    return tell_row(
        PublishedOut, one.benchmark, metric=one.metric.key, platform=one.platform,
        ours=tell_figure(one.ours) if one.ours else None,
        change=tell_change(one.change),
    )  # fmt: skip


@ROUTER.get(f"{AT}/competitors", response=OthersOut, auth=Gate("see"))
def get_others(
    request: HttpRequest, brand: str, period: str = "", segment: str = "all"
) -> OthersOut:
    """Return our figures beside those of competitors, shares of voice, and published figures."""
    found = access_of(request).brand
    engine = engine_of(found)
    if segment not in SEGMENTS:
        raise UserError(_NO_SEGMENT, _SEE_THEM, asked=segment[:40], known=", ".join(SEGMENTS))
    span = read_period(engine, period) if period else usual_period(found, engine)
    told = others_of(found, engine, span, segment)
    return OthersOut(
        period=span.key, beside=[_beside(b) for b in told.beside],
        voices=[_voice(v) for v in told.voices],
        published=[_published(c) for c in told.published],
        refused=[_published(c) for c in told.refused],
    )  # fmt: skip


@ROUTER.get(f"{AT}/portfolio", response=list[BrandLineOut], auth=Gate("see"))
@paginate
def list_portfolio(request: HttpRequest, brand: str) -> list[BrandLineOut]:
    """List the brands of the workspace you may enter, the most urgent first."""
    return [
        BrandLineOut(
            slug=x.brand.slug, name=x.brand.name, states=dict(x.states), last=x.last,
            is_stale=x.is_stale, is_waiting=x.is_waiting,
        )
        for x in lines_for(access_of(request))
    ]  # fmt: skip


def _note(row: Note) -> NoteOut:
    return NoteOut(
        id=row.pk, metric=row.metric, day=row.day, text=row.text, made_by=str(row.made_by or "")
    )


@ROUTER.get(f"{AT}/notes", response=list[NoteOut], auth=Gate("see"))
@paginate
def list_notes(request: HttpRequest, brand: str, metric: str = "") -> list[NoteOut]:
    """List the notes on the time axis, of one metric with those of all, or every one."""
    rows = Note.objects.filter(brand=access_of(request).brand).select_related("made_by")
    if metric:
        rows = rows.filter(metric__in=("", metric))
    return [_note(row) for row in rows]


@ROUTER.post(
    f"{AT}/metrics/{{slug:metric}}/notes", response={201: NoteOut},
    auth=Gate("comment", is_metric),
)  # fmt: skip
def add_note(request: HttpRequest, brand: str, metric: str, body: NoteIn) -> Status:
    """Put a note on a day of a metric's charts, or of all charts."""
    form = judge(NoteForm(data=body.fill()))
    return Status(201, _note(keep_note(request, access_of(request), metric, form.cleaned_data)))


@ROUTER.delete(f"{AT}/notes/{{int:note}}", response={204: None}, auth=Gate("comment", has_note))
def drop_note(request: HttpRequest, brand: str, note: int) -> Status:
    """Take a note away: its maker may, and who looks after the brand."""
    remove_note(request, access_of(request), note)
    return Status(204, None)


def _view(request: HttpRequest, row: View) -> ViewOut:
    access = access_of(request)
    first = FirstView.objects.filter(brand=access.brand, user=access.user, view=row).exists()
    return ViewOut(
        id=row.pk, name=row.name, metric=row.metric, query=row.query, is_shared=row.is_shared,
        is_mine=row.made_by_id == access.user.pk, is_first=first,
    )  # fmt: skip


@ROUTER.get(f"{AT}/views", response=list[ViewOut], auth=Gate("see"))
@paginate
def list_views(request: HttpRequest, brand: str) -> list[ViewOut]:
    """List the saved views you see: your own and the shared ones."""
    return [_view(request, row) for row in views_of(access_of(request))]


@ROUTER.post(f"{AT}/views", response={201: ViewOut}, auth=Gate("see"))
def save_view(request: HttpRequest, brand: str, body: ViewIn) -> Status:
    """Save a view under a name; a view of one's own of that name is replaced."""
    form = judge(ViewForm(body.fill()))
    made = keep_view(request, access_of(request), form.cleaned_data)
    if made is None:
        raise UserError(_ENOUGH, _REMOVE)
    return Status(201, _view(request, made))


@ROUTER.put(f"{AT}/views/{{int:view}}/first", response=ViewOut, auth=Gate("see", has_view))
def choose_first_view(request: HttpRequest, brand: str, view: int) -> ViewOut:
    """Let the scorecard open with a view, for the person who asks."""
    access = access_of(request)
    row = views_of(access).filter(pk=view, metric="").first()
    if row is None:
        raise Http404
    make_first(access, row)
    return _view(request, row)


@ROUTER.delete(f"{AT}/views/{{int:view}}/first", response={204: None}, auth=Gate("see", has_view))
def forget_first_view(request: HttpRequest, brand: str, view: int) -> Status:
    """Let the scorecard open with a view no longer, for the person who asks."""
    access = access_of(request)
    FirstView.objects.filter(brand=access.brand, user=access.user, view=view).delete()
    return Status(204, None)


@ROUTER.delete(f"{AT}/views/{{int:view}}", response={204: None}, auth=Gate("see", has_view))
def drop_view(request: HttpRequest, brand: str, view: int) -> Status:
    """Remove a view of one's own; who looks after the brand may remove a shared one."""
    remove_view(request, access_of(request), view)
    return Status(204, None)
