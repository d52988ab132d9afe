"""Long work: a queue in the database whose jobs survive a crash and take effect once."""
