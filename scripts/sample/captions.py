"""Captions as a small coffee brand in Surabaya writes them: lines, quotes, emoji, hashtags."""

from __future__ import annotations

from .chance import Chance

OPENINGS = (
    "Pagi di serambi, kopi masih mengepul ☕",
    "Siapa tim kopi susu gula aren? 🙋",
    'Barista kami bilang: "sabar itu bagian dari rasa".',
    "Robusta Dampit, disangrai pelan-pelan.",
    "Hujan sore di Surabaya 🌧️ dan segelas hangat.",
    "Menu baru minggu ini: es kopi pandan, segar!",
    'Kata pelanggan, "kopinya jujur, harganya juga" 😄',
    "Dari kebun di lereng Semeru ke gelasmu.",
    "Resep cold brew di rumah, cuma 3 langkah:",
    "Kerja dari serambi, wifi kencang, kursi empuk 💻",
    "Di balik layar: hari sangrai, wangi sampai jalan.",
    "Tebak biji kopi ini, yang benar dapat kejutan 🎁",
)
MIDDLES = (
    "Mampir ya, buka jam 7 sampai 22.",
    "Pesan lewat tautan di bio, ongkir hemat.",
    "Tag teman ngopimu 👇",
    "Simpan dulu, cobanya akhir pekan.",
    "1. Giling kasar\n2. Rendam 12 jam\n3. Saring, nikmati",
    'Stok terbatas, "siapa cepat dia dapat".',
    "Ceritakan pagi versimu di komentar.",
)
TAGS = "#kopiserambi #kopisurabaya #ngopiyuk"
ENGLISH = (
    "Slow mornings on the porch, strong coffee in hand.",
    'New on the menu: pandan iced coffee, "the green one".',
    "From the slopes of Semeru to your cup.",
    "Behind the scenes, it is roasting day.",
    "Work from the porch: fast wifi, soft chairs, hot coffee.",
)


def caption(chance: Chance) -> str:
    """Return a caption over several lines."""
    return f"{chance.pick(OPENINGS)}\n\n{chance.pick(MIDDLES)}\n{TAGS}"


def short_caption(chance: Chance) -> str:
    """Return a caption in one line."""
    return f"{chance.pick(OPENINGS)} {chance.pick(TAGS.split())}"


def title(chance: Chance) -> str:
    """Return a title of a video."""
    return chance.pick(OPENINGS).rstrip(":.")


def english(chance: Chance) -> str:
    """Return a caption in English, for the business audience."""
    return chance.pick(ENGLISH)
