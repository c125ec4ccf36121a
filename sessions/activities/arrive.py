"""Arriving: people come in and say that they are ready."""

from sessions.activities.activity import Activity


class Arrive(Activity):
    """Nothing is written; the one thing to do is to say that one is there."""

    name = "arrive"
    called = "Arrive"
    does = "Come in and say that one is ready"
    waits = True
