"""The frame around every page: menu, command bar, one error page, parts of pages."""
