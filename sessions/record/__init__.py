"""What outlives a session: teams, objectives, results, who carries them, what was said of them and decided."""
