"""The shelf of metrics, in files by family; an entry here is all a new metric needs."""
