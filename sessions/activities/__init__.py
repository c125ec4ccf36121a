"""Everything people can do together, one activity a file."""

from sessions.activities.activity import Activity
from sessions.activities.align import ChooseAlignment
from sessions.activities.arrive import Arrive
from sessions.activities.confidence.confidence_vote import ConfidenceVote
from sessions.activities.finish import Finish
from sessions.activities.gallery.assemble import Assemble
from sessions.activities.gallery.gallery_walk import GalleryWalk
from sessions.activities.gallery.revise import Revise
from sessions.activities.gallery.say_change import SayChange
from sessions.activities.gather import Gather
from sessions.activities.group import Group
from sessions.activities.listen import Listen
from sessions.activities.pair import Pair
from sessions.activities.pause import Pause
from sessions.activities.phrase import Phrase
from sessions.activities.read import Read
from sessions.activities.refine import Refine
from sessions.activities.reread import Reread
from sessions.activities.shortlist import Choose
from sessions.activities.thumbs import Thumbs
from sessions.activities.visits import Visits
from sessions.activities.vote import Vote

ALL: dict[str, Activity] = {
    activity.name: activity
    for activity in (
        Arrive(),
        Read(),
        Gather(),
        Listen(),
        Group(),
        Vote(),
        Choose(),
        Pause(),
        Refine(),
        Phrase(),
        Pair(),
        Thumbs(),
        Visits(),
        Assemble(),
        GalleryWalk(),
        Revise(),
        SayChange(),
        Reread(),
        ConfidenceVote(),
        Finish(),
        ChooseAlignment(),
    )
}
