"""The pages of reports: one question each, one file each."""
