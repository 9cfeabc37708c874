"""Nothing a patient reads or is asked says why they come."""

from __future__ import annotations

import json
from pathlib import Path

import booka_medicine
import pytest
from booka_medicine.vertical import VERTICAL

ROOT = Path(booka_medicine.__file__).parent
TELLING = (
    *("diagnos", "symptom", "disease", "illness", "vaccin", "blood", "therapy", "mental", "pregnan"),
    *("maladie", "douleur", "grossesse", "psych"),
)


@pytest.mark.parametrize("word", TELLING)
def test_neither_words_nor_questions_touch_on_health(word: str) -> None:
    files = [*(ROOT / "templates").glob("*.json"), ROOT / "intake.json"]
    held = "".join([VERTICAL.model_dump_json(), *(file.read_text(encoding="utf-8") for file in files)])
    assert word not in held.casefold()


@pytest.mark.parametrize("locale", ["en", "fr"])
def test_a_reminder_names_neither_the_kind_of_visit_nor_the_person_to_see(locale: str) -> None:
    texts = json.loads((ROOT / "templates" / f"{locale}.json").read_text(encoding="utf-8"))
    assert "{service}" not in texts["reminder"]
    assert "{staff}" not in texts["reminder"]
