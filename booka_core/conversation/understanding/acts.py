"""Finding what a customer wants to do. Phrases that stand anywhere in a message name most acts; yes, no and the
like count only where they stand at its beginning, and a yes with a but is no yes: whoever books on it would book
what nobody accepted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from booka_core.conversation.understanding.languages import Act, Language

_TAKE = re.compile(r"^i(?:'ll| will) (?:take|go (?:with|for)) ")
_OPTION = re.compile(
    r"(?:(?:option|number|no|nr|numero|choice|choix|le|la|i(?:'ll| will) (?:take|go (?:with|for))) ?)*"
    r"(\d{1,2})(?: (?:is|it|please|works|good|fine|ok))*"
)
_GAP = re.compile(r"[\s,.!;:()\"*_~-]+")


@dataclass(frozen=True)
class _Rules:
    anywhere: tuple[tuple[Act, re.Pattern[str]], ...]
    opening: tuple[tuple[Act, re.Pattern[str]], ...]
    politeness: re.Pattern[str]
    hesitation: re.Pattern[str]
    weak: re.Pattern[str]


@lru_cache(maxsize=8)
def _rules(language: Language) -> _Rules:
    return _Rules(
        tuple((act, re.compile(rf"(?<!\w)(?:{words})(?!\w)")) for act, words in language.acts),
        tuple((act, re.compile(words)) for act, words in language.whole),
        re.compile(language.politeness),
        re.compile(language.hesitation),
        re.compile(language.weak_yes),
    )


def opening_acts(text: str, language: Language) -> tuple[list[Act], str]:
    """The short answers a folded message begins with, and what follows them."""
    rules = _rules(language)
    words = [word for word in _GAP.split(text.rstrip("?")) if word]
    found: list[Act] = []
    yes: list[str] = []
    at = 0
    while at < len(words):
        for end in range(min(len(words), at + 7), at, -1):
            piece = " ".join(words[at:end])
            acts = [act for act, pattern in rules.opening if pattern.fullmatch(piece)]
            if acts or rules.politeness.fullmatch(piece):
                found.extend(acts)
                yes.extend([piece] if "confirm" in acts else [])
                at = end
                break
        else:
            break
    rest = " ".join(words[at:])
    if rest:
        # With more to come, only these say something by themselves: "later" alone puts off, "later today" does not.
        found = [act for act in found if act in ("confirm", "deny", "thanks", "greet")]
        if yes and all(rules.weak.fullmatch(piece) for piece in yes):
            found = [act for act in found if act != "confirm"]  # "ok, how much is it?" asks, "yes, how much?" accepts
    return found, rest


def find_acts(text: str, language: Language) -> tuple[Act, ...]:
    """All acts in a folded and mended text, each once, in the order in which the table knows them."""
    rules = _rules(language)
    opening, rest = opening_acts(text, language)
    found: list[Act] = list(dict.fromkeys(opening))
    if rest:
        found.extend(act for act, pattern in rules.anywhere if act not in found and pattern.search(text))
    if "confirm" in found and ("deny" in found or "stop" in found or (rest and rules.hesitation.search(rest))):
        found.remove("confirm")
    if text.rstrip().endswith("?") and not rest and "confirm" in found and len(text.split()) > 1:
        found.remove("confirm")  # "is that ok?" asks, "yes?" does not
    for stronger, weaker in (
        ("cancel", "book"),
        ("bye", "book"),
        ("alternatives", "any"),
        ("ask_availability", "any"),
        ("reschedule", "book"),
        ("view", "book"),
        ("human", "help"),
        ("cancel", "view"),
        ("reschedule", "view"),
        ("reschedule", "correct"),
        ("alternatives", "ask_availability"),
    ):
        if stronger in found and weaker in found:
            found.remove(weaker)
    return tuple(found)


def chosen(text: str, language: Language, options: int) -> int | None:
    """The entry of the numbered menu that a folded message picks, from 1; None when it does not pick one."""
    if not options:
        return None
    bare = re.sub(rf"(?<!\w)(?:{language.politeness})(?!\w)", " ", text)
    bare = re.sub(r"[\s,.!;:()\"*#]+", " ", bare).strip()
    match = _OPTION.fullmatch(bare)
    if match:
        number = int(match.group(1))
    elif bare in language.numbers:
        number = language.numbers[bare]
    else:
        bare = _TAKE.sub("", bare)
        number = next((n for words, n in language.list_words.items() if re.fullmatch(words, bare)), 0)
    if number == -1:
        number = options
    return number if 1 <= number <= options else None
