"""The ground everything else stands on: refusals, events, commands, words and dots."""
