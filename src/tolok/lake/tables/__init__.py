"""The shelf of fact tables: one file, one table."""
