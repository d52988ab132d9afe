"""The home folder keeps brands readable by people and walls between workspaces."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tolok.base import UserError
from tolok.base.workspace import BrandProfile, Home, read_profile, slug_of, write_profile


def test_a_brand_saved_is_read_back_the_same(tmp_path: Path) -> None:
    workspace = Home(tmp_path).workspace()
    account = {"account": "instagram:kopi", "platform": "instagram", "relation": "own"}
    profile = BrandProfile("kopi", 'Kopi "Serambi" \\ ☕', week_start="sunday", accounts=(account,))
    workspace.save_brand(profile)
    assert workspace.brand("kopi") == profile
    assert workspace.brands() == ["kopi"]
    assert profile.calendar.week_start == 6


@given(st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=40))
def test_any_name_survives_the_file(name: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "b.toml"
        path.write_text(write_profile(BrandProfile("b", name)), encoding="utf-8", newline="")
        assert read_profile(path).name == name


@pytest.mark.parametrize("slug", ["../other", "A", "", "a/b", "a b", "-a"])
def test_a_short_name_cannot_leave_its_folder(slug: str, tmp_path: Path) -> None:
    with pytest.raises(UserError):
        Home(tmp_path).workspace().brand_file(slug)


def test_an_unknown_brand_tells_the_known_ones(tmp_path: Path) -> None:
    workspace = Home(tmp_path).workspace()
    workspace.save_brand(BrandProfile("kopi", "Kopi"))
    with pytest.raises(UserError) as error:
        workspace.brand("teh")
    assert "kopi" in error.value.say("id")


def test_a_broken_file_says_where(tmp_path: Path) -> None:
    workspace = Home(tmp_path).workspace()
    path = workspace.save_brand(BrandProfile("kopi", "Kopi"))
    path.write_text('slug = "kopi')
    with pytest.raises(UserError, match=r"kopi\.toml"):
        workspace.brand("kopi")


def test_a_shown_name_gives_a_short_one() -> None:
    assert slug_of("Kopi Serambi & Co.") == "kopi-serambi-co"
