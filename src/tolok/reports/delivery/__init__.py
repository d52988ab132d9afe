"""Delivery: when a report is due, whether it may go out, the letter, and the memory of it."""
