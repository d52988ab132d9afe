import random

import numpy as np
import pytest

from tolok.base import UserError
from tolok.language import (
    adapt,
    apply_adaptation,
    choose_to_check,
    forget,
    label_texts,
    load_shipped,
    read_adaptation,
    save_adaptation,
)


def make_relabels(count, seed=1):
    """Comments of a trade with words of its own: `zogar` pleases and `plimu` does not."""
    chance = random.Random(seed)
    things = ["rotinya", "tokonya", "kopinya", "kursinya", "lampunya", "acaranya"]
    moods = {"zogar": "positive", "plimu": "negative", "fento": "neutral"}
    texts, names = [], []
    for _ in range(count):
        mood = chance.choice(sorted(moods))
        texts.append(f"{chance.choice(things)} {mood} {chance.choice(['kak', 'min', 'ya', ''])}")
        names.append(moods[mood])
    return texts, names


@pytest.fixture(scope="module")
def learned():
    return adapt(load_shipped(), *make_relabels(150))


def test_relabels_teach_the_words_of_a_trade(learned):
    assert learned.is_kept
    assert learned.gain.f1_after > learned.gain.f1_before + 0.2
    assert learned.gain.used == learned.gain.held == 150
    model = apply_adaptation(load_shipped(), learned)
    said = label_texts(["bajunya zogar", "bajunya plimu"], model)
    assert list(said.sentiment) == ["positive", "negative"]
    assert "150" in learned.say_gain("id")


def test_learning_leaves_what_it_does_not_speak_about(learned):
    model = apply_adaptation(load_shipped(), learned)
    said = label_texts(["mantap banget", "kecewa berat"], model)
    assert list(said.sentiment) == ["positive", "negative"]


def test_the_version_names_the_learning_and_forgetting_undoes_it(learned):
    base = load_shipped()
    model = apply_adaptation(base, learned)
    assert model.version.startswith(base.version + "+")
    assert label_texts(["zogar"], model)[0].version == model.version
    texts, _ = make_relabels(20)
    before, after = label_texts(texts, base), label_texts(texts, forget(model))
    assert np.array_equal(before.probabilities, after.probabilities)
    assert after.version == base.version


def test_an_addition_survives_its_small_file(learned, tmp_path):
    path = tmp_path / "learned.npz"
    save_adaptation(learned, path)
    assert path.stat().st_size < 100_000
    again = read_adaptation(path)
    assert again.gain == learned.gain
    assert again.version == learned.version
    texts, _ = make_relabels(20, seed=9)
    one = label_texts(texts, apply_adaptation(load_shipped(), learned)).probabilities
    two = label_texts(texts, apply_adaptation(load_shipped(), again)).probabilities
    assert np.allclose(one, two, atol=2e-2)


def test_too_few_relabels_are_refused():
    with pytest.raises(UserError) as caught:
        adapt(load_shipped(), *make_relabels(20))
    assert "30" in caught.value.say("id")


def test_relabels_without_sense_change_nothing_for_the_worse():
    chance = random.Random(4)
    texts = ["mantap puas", "kecewa rusak", "ini ready?", "love it", "worst ever"] * 14
    names = [chance.choice(["negative", "neutral", "positive"]) for _ in texts]
    found = adapt(load_shipped(), texts, names)
    assert not found.changes_labels or found.gain.f1_after >= found.gain.f1_before
    kept = apply_adaptation(load_shipped(), found)
    assert found.is_kept or kept.version == load_shipped().version
    if found.is_kept and not found.changes_labels:
        assert (label_texts(texts, kept).sentiment == label_texts(texts).sentiment).all()
        assert label_texts(texts, kept).confidence.mean() < label_texts(texts).confidence.mean()
        assert "only the confidence" in found.say_gain("en")
        assert "keyakinannya" in found.say_gain("id")


def test_the_cheap_coordinates_give_the_head_fitted_on_the_rows_themselves():
    from tolok.language.adapt import read_rows
    from tolok.language.fit import turn_rows

    texts, _ = make_relabels(40)
    rows = read_rows(texts)
    turned = turn_rows(rows)
    assert np.allclose(turned.places @ turned.places.T, (rows @ rows.T).toarray(), atol=1e-3)
    classes = np.arange(40) % 3
    both = turned.fit(np.arange(40), classes, offset=np.zeros((40, 3), np.float32), strength=0.5)
    head = turned.head(both)
    said = turned.say(np.arange(40), both, np.zeros((40, 3), np.float32))
    assert np.allclose(rows @ head.weights + head.bias, said, atol=1e-3)


def test_an_addition_to_another_model_is_refused(learned):
    from dataclasses import replace

    with pytest.raises(UserError):
        apply_adaptation(load_shipped(), replace(learned, base="other-1.0"))


def test_the_least_certain_is_asked_first():
    texts = ["mantap banget puas", "makanannya enak tapi pelayanannya buruk", "", "jelek parah"]
    order = choose_to_check(label_texts(texts), 4)
    assert order[0] == 1
    assert order[-1] == 2
