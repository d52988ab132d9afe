"""Strategy: marketing goals, strategies with their tactics, alignment and budgets."""
