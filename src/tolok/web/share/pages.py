"""Pages of the team: which links are out, where notices go."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from tolok.base import Text
from tolok.web.accounts import audit
from tolok.web.accounts.access import Access, page
from tolok.web.outside import key_of
from tolok.web.sharing import shared_kinds

from .forms import ChannelForm, LinkForm
from .links import make_link, revoke_link
from .models import EVENTS, Channel, Notice, ShareLink
from .notices import send_later

TEST = Text("This is a test", "Ini percobaan")
TEST_TEXT = Text(
    "Notices of this brand will come here.", "Pemberitahuan merek ini akan datang ke sini."
)


@page("share")
@never_cache
def show_links(request: HttpRequest, access: Access) -> HttpResponse:
    """Show the links that are out; make one, whose address is shown once."""
    initial = {"what": f"{request.GET.get('kind', '')}:{request.GET.get('thing', '')}"}
    form = LinkForm(request.POST or None, brand=access.brand, initial=initial)
    if request.method == "POST" and form.is_valid():
        # Told on the next page, so that loading it again makes no second link.
        request.session["share_address"] = _make(request, access, form)
        return redirect("share:links", access.brand.slug)
    address = request.session.pop("share_address", "") if request.method == "GET" else ""
    rows = ShareLink.objects.filter(brand=access.brand).select_related("made_by")
    kinds = shared_kinds()
    about = {
        "access": access, "form": form, "address": address,
        "links": [
            (row, kinds[row.kind].path_of(access.brand, row.thing) if row.kind in kinds else "")
            for row in rows.order_by("-made_at")[:200]
        ],
    }  # fmt: skip
    return render(request, "share/links.html", about, status=422 if form.errors else 200)


def _make(request: HttpRequest, access: Access, form: LinkForm) -> str:
    told = form.cleaned_data
    kind, _colon, thing = told["what"].partition(":")
    made = make_link(
        access.brand, access.user, kind=kind, thing=thing, days=told["days"],
        password=told["password"], for_whom=told["for_whom"], may_comment=told["may_comment"],
    )  # fmt: skip
    if made is None:
        return ""
    link, secret = made
    audit.record(request, "made_share_link", brand=access.brand, thing=link.name, link=link.pk)
    return request.build_absolute_uri(reverse("share_open:page", args=[secret]))


@page("share")
@require_POST
def revoke(request: HttpRequest, access: Access, link: int) -> HttpResponse:
    """Make a link useless."""
    row = get_object_or_404(ShareLink, pk=link, brand=access.brand)
    revoke_link(row)
    audit.record(request, "closed_share_link", brand=access.brand, thing=row.name, link=row.pk)
    messages.success(request, _("The link no longer opens."))
    return redirect("share:links", access.brand.slug)


@page("manage")
@never_cache
def show_notices(request: HttpRequest, access: Access) -> HttpResponse:
    """Show where notices go and what became of the last ones; add a channel."""
    form = ChannelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        save_channel(request, access, form)
        messages.success(request, _("Saved. Send a test to see whether it arrives."))
        return redirect("share:notices", access.brand.slug)
    channels = Channel.objects.filter(brand=access.brand).order_by("pk")
    notices = Notice.objects.filter(channel__brand=access.brand).select_related("channel")
    about = {
        "access": access, "form": form,
        "channels": [
            (c, [EVENTS[e] for e in c.events if e in EVENTS], secret_of(c)) for c in channels
        ],
        "notices": notices.order_by("-made_at")[:30],
    }  # fmt: skip
    return render(request, "share/notices.html", about, status=422 if form.errors else 200)


def save_channel(request: HttpRequest, access: Access, form: ChannelForm) -> Channel:
    """Keep a new channel as its form says."""
    channel: Channel = form.save(commit=False)
    channel.brand, channel.made_by = access.brand, access.user
    channel.events = form.cleaned_data["events"]
    channel.save()
    audit.record(request, "made_channel", brand=access.brand, thing=channel.kind)
    return channel


def remove_channel(request: HttpRequest, access: Access, channel: Channel) -> None:
    """Take a channel away; no more notices go there."""
    audit.record(request, "removed_channel", brand=access.brand, thing=channel.kind)
    channel.delete()


def send_test(channel: Channel) -> Notice:
    """Send a test to a channel."""
    number = channel.notices.count() + 1
    with transaction.atomic():  # a notice that stands is always on its way
        notice = Notice.objects.create(
            channel=channel, key=f"test:{number}", event="test",
            title={"en": TEST.en, "id": TEST.id}, text={"en": TEST_TEXT.en, "id": TEST_TEXT.id},
        )  # fmt: skip
        send_later(notice)
    return notice


def secret_of(channel: Channel) -> str:
    """Return the key by which a webhook's messages are signed; empty for other channels."""
    return key_of(channel.pk) if channel.kind == Channel.Kind.WEBHOOK else ""


@page("manage")
@require_POST
def change_channel(request: HttpRequest, access: Access, channel: int) -> HttpResponse:
    """Send a test to a channel, or take the channel away."""
    row = get_object_or_404(Channel, pk=channel, brand=access.brand)
    if "remove" in request.POST:
        remove_channel(request, access, row)
        messages.success(request, _("No more notices go there."))
    else:
        send_test(row)
        messages.success(request, _("A test is on its way."))
    return redirect("share:notices", access.brand.slug)
