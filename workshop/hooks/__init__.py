"""Hooks: other programs that a room tells what happens in it, such as a channel in Slack or Teams."""
