"""The shelf of rules: one thing that can be wrong with a KPI a file."""
