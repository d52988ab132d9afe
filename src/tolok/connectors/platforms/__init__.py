"""The shelf of platforms: one folder each, its name stands nowhere else."""
