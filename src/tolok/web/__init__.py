"""The workspace in the browser: a team signs in, sees its figures and does its work."""
