"""The world of Kopi Serambi, an invented coffee brand, and the export files it would download."""
