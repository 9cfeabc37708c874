"""The languages that understanding can read, by code. A locale whose language has no table is read as English, and
English politeness ("ok", "thanks", "cancel") is understood in every language, because customers mix.
"""

from __future__ import annotations

from booka_core.conversation.understanding.languages.en import ENGLISH
from booka_core.conversation.understanding.languages.fr import FRENCH
from booka_core.conversation.understanding.languages.table import Act, Language, Part

LANGUAGES: dict[str, Language] = {table.code: table for table in (ENGLISH, FRENCH)}


def language_of(locale: str) -> Language:
    """The table for a locale such as "fr_SN"; English where there is none."""
    return LANGUAGES.get(locale.replace("-", "_").split("_")[0].lower(), ENGLISH)


__all__ = ["ENGLISH", "FRENCH", "LANGUAGES", "Act", "Language", "Part", "language_of"]
