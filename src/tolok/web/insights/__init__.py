"""Figures of a brand: scorecards, metrics over time, and any figure down to its source."""
