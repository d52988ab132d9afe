import pytest

from tolok.language import find_keywords, find_kinds, find_topics, find_waiting

COMMENTS = [
    ("kak ini ready?", "question"),
    ("ongkir ke Malang berapa kak", "question"),
    ("Where is my order?", "question"),
    ("Barang belum sampai sudah 2 minggu, kecewa", "complaint"),
    ("the package never arrived, terrible service", "complaint"),
    ("mantap banget kak, puas", "praise"),
    ("Love it, great quality", "praise"),
    ("semoga ada warna hitam", "wish"),
    ("tolong tambahin varian cokelat dong", "wish"),
    ("it would be nice to have bigger sizes", "wish"),
]


@pytest.mark.parametrize(("text", "kind"), COMMENTS)
def test_a_comment_is_of_its_kind(text, kind):
    assert kind in find_kinds([text]).names(0)


def test_a_plain_statement_is_of_no_kind():
    assert find_kinds(["saya beli kemarin", "lihat https://x.co/?a=1"]).names(0) == ()
    assert "question" not in find_kinds(["lihat https://x.co/?a=1"]).names(0)


def test_only_unanswered_questions_and_complaints_wait():
    texts = ["ini ready?", "bagus", "harga berapa?", "barang rusak, kecewa"]
    assert find_waiting(texts, [False, False, True, False]) == [0, 3]


def test_keywords_stand_out_against_the_background():
    late = ["pengiriman lambat sekali", "pengiriman telat", "kurir pengiriman lambat"] * 5
    other = ["rasa kopi enak", "kopi susu mantap", "harga kopi murah"] * 5
    words = [k.word for k in find_keywords(late, other)]
    assert any("pengiriman" in word for word in words)
    assert not any("kopi" in word for word in words)


def test_the_brand_name_can_be_left_out():
    words = find_keywords(["kopi tolok enak"] * 4, exclude=["tolok"])
    assert all("tolok" not in k.word for k in words)


def test_topics_part_comments_by_what_they_are_about():
    ship = [
        f"pengiriman lambat kurir {a}" for a in ("jauh", "telat", "lama", "hilang", "nyasar")
    ] * 6
    food = [f"rasa kopi susu {a}" for a in ("enak", "manis", "pahit", "segar", "gurih")] * 6
    topics = find_topics(ship + food, 2)
    assert len(topics) == 2
    for topic in topics:
        assert len({row < len(ship) for row in topic.rows}) == 1
        assert topic.name
        assert set(topic.examples) <= set(topic.rows)


def test_too_few_comments_have_no_topic():
    assert find_topics(["kopi enak", "pengiriman lambat"]) == []
