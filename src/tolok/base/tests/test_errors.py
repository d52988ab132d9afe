"""Errors speak both languages and say what to do."""

import pytest

from tolok.base import (
    DefinitionError,
    InternalError,
    MoneyError,
    PeriodError,
    SourceError,
    Text,
    TolokError,
    UserError,
)


def test_an_error_says_what_happened_and_what_to_do_in_each_language():
    error = UserError(
        Text("No file {name}.", "Tidak ada berkas {name}."),
        Text("Choose another.", "Pilih yang lain."),
        name="a.csv",
    )
    assert error.say() == "No file a.csv. Choose another."
    assert error.say("id") == "Tidak ada berkas a.csv. Pilih yang lain."
    assert str(error) == "No file a.csv."
    assert error.data == {"name": "a.csv"}


def test_a_text_inside_a_text_is_said_in_the_same_language():
    sentence = Text("{doing} it", "{doing} itu")
    assert sentence.say("id", doing=Text("Adding", "Menambah")) == "Menambah itu"


def test_a_text_without_data_keeps_its_braces():
    assert Text("{name}", "{name}").say("id") == "{name}"


@pytest.mark.parametrize(
    "kind",
    [UserError, DefinitionError, SourceError, InternalError, MoneyError, PeriodError],
)
def test_every_kind_has_its_own_stable_code(kind):
    assert issubclass(kind, TolokError)
    assert kind.code not in {base.code for base in kind.__mro__[1:] if hasattr(base, "code")}


def test_a_source_says_whether_trying_again_may_help():
    assert SourceError(Text("a", "b"), retry=True).retry
    assert not SourceError(Text("a", "b")).retry
