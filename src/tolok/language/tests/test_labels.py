import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tolok.base import UserError
from tolok.language import label_texts, load_shipped, read_model, save_model


def test_every_label_carries_the_version_of_the_model():
    labels = label_texts(["mantap kak", "jelek"])
    assert labels[0].version == labels[1].version == load_shipped().version


def test_emoji_alone_name_the_mood():
    labels = label_texts(["😍😍", "😡", "🤔", "❤️", "👎🏽"])
    assert list(labels.sentiment) == ["positive", "negative", "neutral", "positive", "negative"]
    assert set(labels.language) == {"none"}


def test_an_empty_text_is_in_doubt_and_of_no_language():
    label = label_texts(["", "   ", "12345", "http://a.b/c"])
    assert set(label.language) == {"none"}
    assert set(label.doubt) == {"empty"}
    assert set(label.sentiment) == {"neutral"}


def test_no_texts_give_no_labels():
    assert len(label_texts([])) == 0


def test_a_label_does_not_depend_on_its_neighbours_in_the_batch():
    texts = ["bagus banget", "https://x.co/abc", "", "tidak enak", "great 👍", "a\x1eb"]
    together = label_texts(texts)
    for row, text in enumerate(texts):
        alone = label_texts([text])
        assert alone[0].sentiment == together[row].sentiment
        assert np.allclose(alone.probabilities[0], together.probabilities[row], atol=1e-5)


@given(st.lists(st.text(max_size=40), max_size=12))
@settings(max_examples=60, deadline=None)
def test_any_text_gets_chances_that_add_to_one(texts):
    labels = label_texts(texts)
    assert len(labels) == len(texts)
    assert np.allclose(labels.probabilities.sum(axis=1), 1, atol=1e-4)
    assert np.isfinite(labels.probabilities).all()


def test_negation_turns_praise_and_blame():
    labels = label_texts(["enak", "tidak enak", "mengecewakan", "tidak mengecewakan"])
    assert list(labels.sentiment) == ["positive", "negative", "negative", "positive"]


def test_a_model_survives_its_file_and_a_broken_file_is_said(tmp_path):
    model = load_shipped()
    path = tmp_path / "model.npz"
    save_model(model, path)
    again = label_texts(["kecewa berat", "love it"], read_model(path))
    assert list(again.sentiment) == ["negative", "positive"]
    path.write_bytes(b"not a model")
    with pytest.raises(UserError):
        read_model(path)


def test_progress_is_told_to_the_end():
    told = []
    label_texts(["a"] * 9000, progress=lambda done, every: told.append((done, every)))
    assert told[-1] == (9000, 9000)
    assert len(told) > 1
