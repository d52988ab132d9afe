"""Answers of the command bar: pages of the menu, other brands, things of the areas."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

from django.urls import reverse
from django.utils.translation import gettext as _

from tolok.web.accounts.access import Access, brands_of
from tolok.web.area import Command, areas

_LIMIT = 30


def find_commands(access: Access, words: str) -> list[dict[str, str]]:
    """Return what fits the words typed, pages first; everything when none are typed."""
    wanted = words.casefold().split()
    found = [
        command
        for command, text in _fixed(access)
        if all(word in text.casefold() for word in wanted)
    ]
    if wanted:
        for area in areas():
            found.extend(area.search(access, words) if area.search else ())
    return [asdict(command) for command in found[:_LIMIT]]


def _fixed(access: Access) -> Iterator[tuple[Command, str]]:
    for area in areas():
        for entry in area.entries:
            if access.may(entry.right):
                href = reverse(entry.url, args=[access.brand.slug])
                label = str(entry.label)
                command = Command(
                    label=label, href=href, kind=str(area.label), keys=entry.keys, icon=entry.icon
                )
                yield command, f"{label} {entry.words} {area.label}"
    for brand in brands_of(access.user):
        if brand.pk != access.brand.pk:
            href = reverse("shell:home", args=[brand.slug])
            yield Command(label=brand.name, href=href, kind=_("Brand"), icon="flag"), brand.name
    for label, url, icon in (
        (_("Your profile"), "accounts:profile", "people"),
        (_("Password and devices"), "accounts:security", "shield"),
    ):
        yield Command(label=label, href=reverse(url), kind=_("You"), icon=icon), label
    label, more = _("Keyboard shortcuts"), _("help keys")
    command = Command(label=label, href="", kind=_("Help"), keys="?", icon="help", opens="keys")
    yield command, f"{label} {more}"
