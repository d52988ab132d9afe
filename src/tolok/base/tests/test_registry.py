"""A shelf is read by looking at what stands on it."""

import itertools
import sys
import types

import pytest

from tolok.base import DefinitionError, Unit, caption, forget_shelves, load_shelf

_numbers = itertools.count()
HEAD = "from tolok.base import Unit, Text\nT = Text('a', 'b')\n"


def thing(key):
    return f"Unit({key!r}, T, 'count')"


@pytest.fixture
def shelf(tmp_path, monkeypatch):
    """Write files into a new package on the path; returns the package's name."""
    monkeypatch.syspath_prepend(str(tmp_path))
    forget_shelves()

    def write(files):
        name = f"shelf_{next(_numbers)}"
        for path, text in {"__init__.py": '"""A shelf."""\n', **files}.items():
            file = tmp_path / name / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
        return name

    yield write
    forget_shelves()
    for name in [name for name in sys.modules if name.startswith("shelf_")]:
        del sys.modules[name]


def test_things_are_found_alone_in_lists_and_in_sub_packages_sorted_by_key(shelf):
    name = shelf(
        {
            "b.py": HEAD + f"B = {thing('zeta')}\nMORE = ({thing('beta')}, {thing('alpha')})",
            "a/__init__.py": '"""Inner."""',
            "a/deep.py": HEAD + f"ITEMS = [{thing('mid')}, 3, 'word']",
        }
    )
    found = load_shelf(name, Unit)
    assert list(found) == ["alpha", "beta", "mid", "zeta"]
    assert all(isinstance(each, Unit) for each in found.values())


def test_a_thing_added_appears_with_no_other_edit(shelf, tmp_path):
    name = shelf({"a.py": HEAD + f"A = {thing('a')}"})
    assert list(load_shelf(name, Unit)) == ["a"]
    (tmp_path / name / "new.py").write_text(HEAD + f"N = {thing('n')}")
    assert list(load_shelf(name, Unit)) == ["a"]  # read once
    forget_shelves()
    assert list(load_shelf(name, Unit)) == ["a", "n"]


def test_changing_the_answer_does_not_change_the_shelf(shelf):
    name = shelf({"a.py": HEAD + f"A = {thing('a')}"})
    load_shelf(name, Unit).clear()
    assert list(load_shelf(name, Unit)) == ["a"]


def test_two_things_with_one_key_are_refused_naming_both_places(shelf):
    name = shelf({"a.py": HEAD + f"ONE = {thing('x')}", "b.py": HEAD + f"TWO = [{thing('x')}]"})
    with pytest.raises(DefinitionError) as caught:
        load_shelf(name, Unit)
    assert f"{name}.a.ONE" in caught.value.say("en")
    assert f"{name}.b.TWO[0]" in caught.value.say("id")


def test_the_same_thing_named_twice_or_imported_is_no_double(shelf):
    name = shelf({"a.py": HEAD + f"A = {thing('a')}\nALL = (A,)", "b.py": "from .a import A"})
    assert list(load_shelf(name, Unit)) == ["a"]


@pytest.mark.parametrize("text", ["import no_such_module_at_all", "1 / 0", "def broken(:"])
def test_a_module_that_cannot_be_imported_is_named(shelf, text):
    name = shelf({"good.py": "", "bad.py": text})
    with pytest.raises(DefinitionError, match=rf"{name}\.bad"):
        load_shelf(name, Unit)


def test_a_thing_without_a_key_is_refused(shelf):
    name = shelf({"a.py": "class Card: pass\nCARD = Card()"})
    card = __import__(f"{name}.a", fromlist=["Card"]).Card
    with pytest.raises(DefinitionError, match="CARD has no key"):
        load_shelf(name, card)


def test_tests_on_a_shelf_are_not_loaded(shelf):
    name = shelf({"tests/__init__.py": "1 / 0", "a.py": HEAD + f"A = {thing('a')}"})
    assert list(load_shelf(name, Unit)) == ["a"]


def test_a_caption_is_the_first_line_of_the_docstring():
    module = types.ModuleType("made_up", "\n  Says one thing.\n\nAnd more.\n")
    assert caption(module) == "Says one thing."
    with pytest.raises(DefinitionError, match="bare"):
        caption(types.ModuleType("bare"))
