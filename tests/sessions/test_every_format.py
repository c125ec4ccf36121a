"""What holds for every format, so that a new one inherits it."""

import pytest

from sessions import activities, formats
from sessions.formats.format import Format
from tests.stage import Stage

every_format = pytest.mark.parametrize("format", formats.ALL.values(), ids=lambda f: f.key)


@every_format
def test_it_can_be_gone_through_to_the_end_with_nobody_saying_anything(format: Format) -> None:
    stage = Stage(format.key)
    for phase in format.phases:
        stage.lead("next_phase", unshown="show")
        assert stage.step["key"] == phase.key
    stage.lead("close_session")
    assert stage.session.state == "closed"


@every_format
def test_its_main_button_leads_to_the_end_and_never_says_next(format: Format) -> None:
    stage = Stage(format.key)
    for _ in range(100):
        main = stage.helm()["main"]
        assert main["label"] not in ("Next", "")
        stage.lead(main["do"], **main["fields"])
        if stage.session.state == "closed":
            return
    pytest.fail("the main button never closes the session")


@every_format
def test_it_fits_its_time_and_says_what_it_is_for(format: Format) -> None:
    assert sum(phase.minutes for phase in format.phases) <= format.minutes
    assert format.purpose
    assert format.people
    assert len({phase.key for phase in format.phases}) == len(format.phases)


@every_format
def test_its_phases_are_known_activities_with_words_for_everybody(format: Format) -> None:
    for phase in format.phases:
        assert phase.activity in activities.ALL
        assert phase.title
        assert phase.prompt
        assert phase.forward
        assert set(phase.settings) == set(activities.ALL[phase.activity].settings.stated())


@every_format
def test_every_input_says_who_will_see_it(format: Format) -> None:
    stage = Stage(format.key)
    for phase in format.phases:
        stage.lead("next_phase", unshown="show")
        writes = {"add_note", "place_dot", "thumb", "volunteer", "change_result", "claim_team"}
        taken = {str(c.__struct_config__.tag) for c in activities.ALL[phase.activity].takes}
        assert bool(stage.step["seen_by"]) or not (writes & taken)
