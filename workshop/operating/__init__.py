"""What whoever runs the server does with it, from its command line: rooms, keys, copies, versions, a check-up."""
