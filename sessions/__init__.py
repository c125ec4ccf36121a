"""What may happen in a session: rules as pure functions of a room, a command and who sent it."""
