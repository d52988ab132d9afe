"""Plan: KPIs from goal to review, their checks, decisions and what was learned."""
