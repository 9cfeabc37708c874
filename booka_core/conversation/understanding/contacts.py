"""Finding who the customer is: a name given in so many words or as the answer to the question for it, a phone
number, an e-mail address. A sentence is never taken for a name.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

import phonenumbers

from booka_core.conversation.understanding.languages import Language
from booka_core.conversation.understanding.text import fold

_EMAIL = re.compile(r"[a-z0-9._%+'-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})*\.[a-z]{2,24}")
_NAME_WORD = r"[^\W\d_][^\W\d_'.-]*(?:['.-][^\W\d_]+)*\.?"
_WORDS = rf"{_NAME_WORD}(?: {_NAME_WORD}){{0,3}}"


@dataclass(frozen=True)
class Contact:
    """What was found, and where it stood in the folded text."""

    name: str | None = None
    phone: str | None = None
    email: str | None = None
    spans: tuple[tuple[int, int], ...] = ()


def find_contact(text: str, folded: str, language: Language, *, territory: str | None, asked: bool) -> Contact:
    """Name, phone and mail address in a message. `territory` reads numbers without a country code."""
    spans: list[tuple[int, int]] = []
    email = _EMAIL.search(folded)
    if email:
        spans.append(email.span())
    phone = None
    if len(re.findall(r"\d", folded)) >= 8:
        for match in phonenumbers.PhoneNumberMatcher(folded, territory):
            phone = phonenumbers.format_number(match.number, phonenumbers.PhoneNumberFormat.E164)
            spans.append((match.start, match.end))
            break
    name, span = _name(text, folded, language, asked=asked)
    if span:
        spans.append(span)
    return Contact(name, phone, email.group() if email else None, tuple(spans))


def _name(text: str, folded: str, language: Language, *, asked: bool) -> tuple[str | None, tuple[int, int] | None]:
    for pattern in language.name:
        for match in re.finditer(rf"(?<!\w){pattern.replace('{words}', _WORDS)}", folded):
            start = match.start("name")
            words = _until(match["name"], language)
            if words:
                return _as_written(text, start, words), (match.start(), start + len(words))
    if not asked:
        return None, None
    bare = re.sub(rf"(?<!\w)(?:{language.politeness})(?!\w)", " ", folded)
    bare = re.sub(r"[,.!;:]+", " ", bare).strip()
    if re.fullmatch(_WORDS, bare) and _until(bare, language) == bare and bare in folded:
        start = folded.index(bare)
        return _as_written(text, start, bare), (start, start + len(bare))
    return None, None


def _until(words: str, language: Language) -> str:
    """The leading words that can belong to a name."""
    kept = []
    for word in words.split(" "):
        if re.fullmatch(rf"{language.not_a_name}|and|et|but|mais|or", word.rstrip(".")):
            break
        kept.append(word)
        if word.endswith(".") and len(word) > 3:
            break
    return " ".join(kept).rstrip(".")


def _as_written(text: str, start: int, words: str) -> str:
    """The name with its own accents; capitals as typed, or put where they belong if none were."""
    typed = re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)).strip()
    part = typed[start : start + len(words)]
    name = part if fold(part) == words else words
    if name == name.lower():
        name = " ".join(word[:1].upper() + word[1:] for word in name.split(" "))
    return name[:80]
