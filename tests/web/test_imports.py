"""What a page's scripts import is found, whatever folder they come from; a script that is not there is said."""

from pathlib import Path

import pytest

from web.assets import Assets
from web.imports import imports

STATIC = Path(__file__).parents[2] / "web" / "static"


def test_what_a_script_imports_is_found_and_what_only_its_comments_name_is_not() -> None:
    text = """
/** @typedef {import("./types.js").Thing} Thing */
import { one } from "../one.js";
import {
  two,
  three,
} from "./two.js";
import "./alone.js";
import * as all from "./all.js";
export { one } from "../one.js";
export function made(/** @type {import("./shapes.js").Kinds} */ it) { return it; }
const later = () => `from "./no.js"`;
"""
    assert imports("js/pages/x.js", text) == ["js/one.js", "js/pages/two.js", "js/pages/alone.js", "js/pages/all.js"]


def test_everything_behind_a_script_is_named_once_and_a_further_folder_belongs_to_it(tmp_path: Path) -> None:
    assets = Assets(STATIC, STATIC.parent / "vendor.json")
    behind = assets.imported(["js/pages/record.js"])
    assert len(behind) == len(set(behind)) > 40
    assert {"js/record/sift.js", "js/record/hanging.js"} <= set(behind)
    further = tmp_path / "static" / "js" / "activities" / "dance.js"
    further.parent.mkdir(parents=True)
    further.write_text('import { brings } from "../brought.js";\n')
    assets.bring(tmp_path / "static")
    assert "js/brought.js" in assets.imported(["js/activities/dance.js"])


def test_a_page_that_names_a_script_that_is_not_there_says_so() -> None:
    with pytest.raises(LookupError, match=r"There is no script js/pages/nothing\.js"):
        Assets(STATIC, STATIC.parent / "vendor.json").imported(["js/pages/nothing.js"])
