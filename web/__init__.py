"""How people reach it: pages, sockets, the JSON API."""
