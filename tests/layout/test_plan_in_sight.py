"""The step of now is in sight in the facilitator's plan, at every step and whatever becomes of the window."""

from sessions import formats
from tests.server import Server
from tests.stories.browsers import AWAKE, chromium

WINDOWS = ((320, 640), (640, 360), (1280, 500), (1280, 800))
#: Whether the step of this key stands as now in its place in the plan, and all of it can be seen there.
IN_SIGHT = """(key) => {
  const [plan, now] = [document.querySelector(".plan"), document.querySelector(".plan .is-now")];
  if (!now || window.Alpine.store("room").step.key !== key) return false;
  const [all, one] = [plan.getBoundingClientRect(), now.getBoundingClientRect()];
  return one.left >= all.left - 1 && one.right <= all.right + 1
    && one.top >= all.top - 1 && one.bottom <= all.bottom + 1;
}"""


async def test_the_step_of_now_is_in_sight_in_the_plan(server: Server) -> None:
    opened = await server.open("leadership_draft")
    await server.join(opened.code, "Ann")
    async with chromium() as people:
        page = await people.come(WINDOWS[0], bypass_csp=True)
        await page.goto(opened.links["helm_url"])
        await page.wait_for_function(AWAKE)
        for phase in formats.ALL["leadership_draft"].phases:
            await opened.helm.to(phase.key)
            for width, height in WINDOWS:
                await page.wait_for_function(IN_SIGHT, arg=phase.key)
                await page.set_viewport_size({"width": width, "height": height})
                await page.wait_for_function(IN_SIGHT, arg=phase.key)
