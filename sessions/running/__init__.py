"""Running a session: opening and preparing it, its phases and clock, its people, and closing it."""
