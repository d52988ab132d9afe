"""Data of a brand: files dropped in and judged, what came in and how fresh, own numbers, undo."""
