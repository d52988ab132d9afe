"""Units are told apart by key and kind."""

import pytest

from tolok.base import SECONDS, UNIT_KINDS, UNITS, DefinitionError, Text, Unit, unit


def test_every_unit_declared_is_in_the_list_under_its_key():
    declared = {thing.key: thing for thing in vars(unit).values() if isinstance(thing, Unit)}
    assert declared == UNITS
    assert {each.kind for each in UNITS.values()} == set(UNIT_KINDS)


def test_every_unit_is_named_in_both_languages():
    for each in UNITS.values():
        assert each.name.en
        assert each.name.id


def test_only_durations_have_a_length():
    assert SECONDS.seconds == 1
    lengths = {key: each.seconds for key, each in UNITS.items() if each.kind == "duration"}
    assert lengths == {"seconds": 1, "minutes": 60, "hours": 60**2, "days": 24 * 60**2}


@pytest.mark.parametrize(("kind", "seconds"), [("weight", 0), ("duration", 0), ("count", 60)])
def test_a_unit_declared_wrongly_is_refused(kind, seconds):
    with pytest.raises(DefinitionError):
        Unit("odd", Text("odd", "aneh"), kind, seconds=seconds)
