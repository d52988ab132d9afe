"""Workspace, brand, people, roles, tokens and the audit log: the nouns all areas share."""
