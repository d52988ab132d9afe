"""Changes of the tables of figures."""
