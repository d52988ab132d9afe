import pytest

from tolok.language import mask_all, mask_personal

SECRETS = [
    ("hubungi 0812-3456-7890 ya", "phone", "hubungi [phone] ya"),
    ("WA +62 812 3456 7890", "phone", "WA [phone]"),
    ("wa 6281234567890 kak", "phone", "wa [phone] kak"),
    ("telp (021) 555-1234", "phone", "telp [phone]"),
    ("email budi.s@gmail.co.id ok", "email", "email [email] ok"),
    ("order INV/20240101/MPL/123456 belum", "order", "order [order] belum"),
    ("resi JP1176570613 mana", "order", "resi [order] mana"),
    ("order id: 5678901234", "order", "order id: [order]"),
    ("no pesanan 240512ABCD99", "order", "no pesanan [order]"),
    ("rek BCA 1234567890 an Budi", "account", "rek BCA [account] an Budi"),
    ("NIK 3578012345678901", "identity", "NIK [identity]"),
    ("kartu 4111 1111 1111 1111", "card", "kartu [card]"),
]
PLAIN = [
    "harga Rp 150.000 sejak 2024, buka jam 10.30",
    "tgl 12-05-2024 skor 3-2",
    "diskon 50000 #promo2024",
    "beli 3 pcs no.2, sudah 2 minggu",
    "transaksi 2 hari lalu di iphone15 saya",
    "@tokoku kapan restock?",
]


@pytest.mark.parametrize(("text", "kind", "masked"), SECRETS)
def test_personal_data_is_masked_and_its_kind_told(text, kind, masked):
    found = mask_personal(text)
    assert found.text == masked
    assert found.found == (kind,)


@pytest.mark.parametrize("text", PLAIN)
def test_prices_dates_and_counts_stay(text):
    assert mask_personal(text).text == text


def test_masking_twice_changes_nothing_more():
    once = mask_all([text for text, _, _ in SECRETS])
    assert [m.text for m in mask_all([m.text for m in once])] == [m.text for m in once]
