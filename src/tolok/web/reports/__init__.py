"""Reports: what goes out, to whom, when; what became of it, and what readers say of it."""
