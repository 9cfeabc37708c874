"""Folding and mending of typed text. Folding (lower case, accents off, one kind of quote and space) keeps every
letter in place of the one it came from as far as Unicode allows; mending replaces misspelt key words by the word
that was meant, and leaves alone whatever could be somebody's name or a service.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from functools import lru_cache

from booka_core.conversation.understanding.languages import Language

_QUOTES = str.maketrans(
    dict.fromkeys("\u2018\u2019\u0060\u00b4", "'")
    | dict.fromkeys("\u201c\u201d", '"')
    | dict.fromkeys("\u2010\u2011\u2013\u2014", "-")
)
_INVISIBLE = re.compile(r"[\u200b-\u200f\u2060\ufeff\u00ad\ufe0f\U0001f3fb-\U0001f3ff]")
_WORD = re.compile(r"[a-z']{4,}")
LONGEST = 1000
"""Characters of a message that are read; nobody books in more, and patterns stay quick."""


def fold(text: str) -> str:
    """Lower case without accents, straight quotes, single spaces, at most `LONGEST` characters."""
    plain = _INVISIBLE.sub("", text[: LONGEST * 2].translate(_QUOTES))
    decomposed = unicodedata.normalize("NFKD", plain)
    bare = "".join(mark for mark in decomposed if not unicodedata.combining(mark)).lower().replace("ß", "ss")
    return re.sub(r"\s+", " ", bare).strip()[:LONGEST]


@lru_cache(maxsize=8192)
def distance(a: str, b: str, limit: int = 2) -> int:
    """Edits between two words, a swap of neighbours counting as one; `limit + 1` as soon as it is more."""
    if abs(len(a) - len(b)) > limit:
        return limit + 1
    before: list[int] = []
    above = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        row = [i]
        for j, y in enumerate(b, 1):
            cost = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
        before, above = above, row
    return above[-1]


def _meant(word: str, keys: Collection[str]) -> str | None:
    if word in keys:
        return None
    for key in keys:
        if len(key) < 5 or (word[0] != key[0] and word[:2] != key[1::-1]):
            continue
        allowed = 2 if len(key) >= 9 else 1
        if distance(word, key, allowed) > allowed:
            continue
        substituted = len(word) == len(key) and sorted(word) != sorted(key)
        if substituted and len(key) < 7:
            continue  # "match" is not "march": short words may only have letters swapped, doubled or dropped
        if word in (key + "s", key + "d", key + "ed", key + "'s", key[:-1]) and len(key) < 8:
            continue
        return key
    return None


def mend(text: str, language: Language, own: Collection[str]) -> str:
    """Folded text with misspelt key words put right. `own` are words of the tenant's names, which stay as they are."""

    def put_right(match: re.Match[str]) -> str:
        word = match.group()
        if word in own or word in language.never_corrected or word in language.numbers or word in language.ordinals:
            return word
        return _meant(word, language.nearly) or word

    return _WORD.sub(put_right, text)


def blank(text: str, spans: Collection[tuple[int, int]]) -> str:
    """`text` with the spans replaced by spaces, so that what was understood there is not understood twice."""
    letters = list(text)
    for start, end in spans:
        letters[start:end] = " " * (end - start)
    return "".join(letters)
