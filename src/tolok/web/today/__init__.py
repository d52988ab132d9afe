"""Today: where each role begins its day: the specialist, the strategist, the manager, the reader."""
