"""API: everything the screens can do, for programs: OpenAPI, tokens, a reference page."""
