"""The mid-quarter forum: how sure we are, what is stuck, who decides, and what comes next."""
