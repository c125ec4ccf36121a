"""The tests of the wire, of secrets and of pages, with every seat and every request at the other process."""

from tests.web.test_catching_up import *  # noqa: F403
from tests.web.test_entries_made_one import *  # noqa: F403
from tests.web.test_read_out import *  # noqa: F403
from tests.web.test_rituals import *  # noqa: F403
from tests.web.test_secrets import *  # noqa: F403
from tests.web.test_walk import *  # noqa: F403
from tests.web.test_wire import *  # noqa: F403
