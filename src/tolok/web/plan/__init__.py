"""Plan: KPIs from goal to review, their checks and decisions, and where each role begins its day."""
