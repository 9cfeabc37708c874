"""What the Evolution stand-in remembers of its accounts when it is killed at a bad moment."""

from __future__ import annotations

from pathlib import Path

import pytest

from booka_core.emulators.evolution.world import Instance, World


def test_accounts_are_known_after_a_restart(tmp_path: Path) -> None:
    notes = tmp_path / "emulators.json"
    world = World(api_key="k", path=notes)
    world.instances["salon"] = Instance("salon", "2348090000001", integration="WHATSAPP-BAILEYS")
    world.save()
    assert World(api_key="k", path=notes).instances == world.instances
    assert [file.name for file in tmp_path.iterdir()] == ["emulators.json"]


@pytest.mark.parametrize("torn", ["", "[{", "[{}]", "null"])
def test_notes_torn_by_a_kill_do_not_keep_it_from_starting(tmp_path: Path, torn: str) -> None:
    notes = tmp_path / "emulators.json"
    notes.write_text(torn)
    assert World(api_key="k", path=notes).instances == {}
