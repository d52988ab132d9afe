"""The tolok command: import, scorecard, explain, KPIs and the workspace, from the terminal."""
