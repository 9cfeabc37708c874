"""Finding the tenant's own services and people in a text, misspelt, in part, or by synonym. What fits one entry is
taken; what fits several equally well is returned as a choice and never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from uuid import UUID

from booka_core.conversation.understanding.languages import Language
from booka_core.conversation.understanding.text import distance, fold
from booka_core.conversation.understanding.types import Named, Names

_TOKEN = re.compile(r"[a-z0-9][a-z0-9']*")
_COMMON = frozenset(
    [
        "will",
        "may",
        "mark",
        "grace",
        "hope",
        "joy",
        "faith",
        "april",
        "june",
        "august",
        "rose",
        "art",
        "bill",
        "jack",
        "pat",
        "sue",
        "dawn",
        "eve",
        "iris",
        "lily",
        "ivy",
        "amber",
        "ruby",
        "sunny",
        "happy",
        "rich",
        "frank",
        "guy",
        "dean",
        "earl",
        "chance",
        "price",
        "young",
        "king",
        "day",
        "best",
        "good",
        "peace",
        "favour",
        "favor",
        "gift",
        "blessing",
        "precious",
        "love",
        "patience",
        "prince",
        "queen",
        "white",
        "black",
        "brown",
        "green",
        "long",
        "short",
        "small",
        "big",
        "new",
    ]
)
"""Names that are also ordinary words: they count as a name only where a name is expected, or written as one."""


def _stem(word: str) -> str:
    word = word.removesuffix("'s").rstrip("'")
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


@dataclass(frozen=True)
class Phrase:
    """One way of naming an entry: the words that matter, stemmed."""

    id: UUID
    words: tuple[str, ...]


@dataclass(frozen=True)
class Index:
    """A tenant's names, ready for the search."""

    services: tuple[Phrase, ...]
    staff: tuple[Phrase, ...]
    own_words: frozenset[str]
    weight: dict[str, float] = field(hash=False, compare=False, default_factory=dict)


def _phrases(entries: Iterable[Named], idle: re.Pattern[str]) -> list[Phrase]:
    found = []
    for entry in entries:
        for text in (entry.name, *entry.synonyms):
            words = tuple(_stem(w) for w in _TOKEN.findall(fold(text)) if not idle.fullmatch(w))
            if words:
                found.append(Phrase(entry.id, words))
    return found


@lru_cache(maxsize=256)
def index(names: Names) -> Index:
    """The searchable form of a tenant's names."""
    idle = re.compile(r"and|et|the|with|avec|of|de|for|a|an|la|le|dr|mr|mrs|ms|miss|prof|doctor")
    services = _phrases(names.services, idle)
    staff = _phrases(names.staff, idle)
    holders: dict[str, set[UUID]] = {}
    for phrase in services:
        for word in phrase.words:
            holders.setdefault(word, set()).add(phrase.id)
    raw = {w for e in (*names.services, *names.staff) for t in (e.name, *e.synonyms) for w in _TOKEN.findall(fold(t))}
    words = frozenset(raw | {w for p in (*services, *staff) for w in p.words})
    return Index(tuple(services), tuple(staff), words, {w: 1.0 / len(ids) for w, ids in holders.items()})


@dataclass(frozen=True)
class _Word:
    text: str
    stem: str
    span: tuple[int, int]


def _tokens(text: str) -> list[_Word]:
    return [_Word(m.group(), _stem(m.group()), m.span()) for m in _TOKEN.finditer(text)]


def _alike(said: str, meant: str) -> bool:
    if said == meant:
        return True
    if len(meant) < 4 or len(said) < 4 or said[0] != meant[0]:
        return False
    allowed = 2 if len(meant) >= 8 else 1
    return distance(said, meant, allowed) <= allowed


def _cover(phrase: Phrase, tokens: list[_Word]) -> frozenset[int]:
    """Which tokens of the text stand for words of the phrase; two tokens may write one word ("hair cut")."""
    hit: set[int] = set()
    missing = 0
    for word in phrase.words:
        one = next((i for i, t in enumerate(tokens) if i not in hit and word in (t.stem, t.text)), None)
        if one is None:
            one = next((i for i, t in enumerate(tokens) if i not in hit and _alike(t.stem, word)), None)
        if one is not None:
            hit.add(one)
            continue
        two = next((i for i in range(len(tokens) - 1) if tokens[i].text + tokens[i + 1].stem == word), None)
        if two is not None:
            hit |= {two, two + 1}
        else:
            missing += 1
    joined = "".join(phrase.words)
    if missing and len(phrase.words) > 1:  # "haircut" for "hair cut"
        one = next((i for i, t in enumerate(tokens) if t.stem == joined), None)
        if one is not None:
            return frozenset({one})
    return frozenset() if missing else frozenset(hit)


@dataclass(frozen=True)
class ServicesFound:
    """Services asked for together, or several that fit equally well, and the text without them."""

    services: tuple[UUID, ...] = ()
    choices: tuple[UUID, ...] = ()
    spans: tuple[tuple[int, int], ...] = ()


def find_services(text: str, tenant: Index, language: Language) -> ServicesFound:
    """The services that a folded text names."""
    tokens = _tokens(text)
    full: dict[frozenset[int], list[UUID]] = {}
    for phrase in tenant.services:
        covered = _cover(phrase, tokens)
        if covered and phrase.id not in full.setdefault(covered, []):
            full[covered].append(phrase.id)
    kept = {c: ids for c, ids in full.items() if not any(c < other for other in full)}
    if kept:
        order = sorted(kept, key=min)
        spans = tuple(tokens[i].span for covered in order for i in covered)
        clear = [kept[covered][0] for covered in order if len(kept[covered]) == 1]
        open_choice = next((kept[covered] for covered in order if len(kept[covered]) > 1), [])
        if open_choice and not clear:
            return ServicesFound(choices=tuple(open_choice), spans=spans)
        beside = _beside(text, tokens, {i for covered in order for i in covered}, tenant, language)
        return ServicesFound(services=tuple(dict.fromkeys((*clear, *beside))), spans=spans)
    return _partial(tokens, tenant, language)


def _beside(text: str, tokens: list[_Word], used: set[int], tenant: Index, language: Language) -> tuple[UUID, ...]:
    """A service named in part next to one named in full ("manicure and pedicure")."""
    rest = [
        token
        for i, token in enumerate(tokens)
        if i not in used
        and (
            (i + 2 in used and re.fullmatch(r"and|et|plus", tokens[i + 1].text))
            or (i - 2 in used and re.fullmatch(r"and|et|plus", tokens[i - 1].text))
            or (i + 1 in used and re.fullmatch(r" ?[,&+] ?", text[token.span[1] : tokens[i + 1].span[0]]))
            or (i - 1 in used and re.fullmatch(r" ?[,&+] ?", text[tokens[i - 1].span[1] : token.span[0]]))
        )
    ]
    return _partial(rest, tenant, language).services if rest else ()


def _partial(tokens: list[_Word], tenant: Index, language: Language) -> ServicesFound:
    idle = re.compile(language.filler)
    best: dict[UUID, float] = {}
    touched: dict[UUID, set[int]] = {}
    for phrase in tenant.services:
        hits = {
            i
            for i, token in enumerate(tokens)
            if not idle.fullmatch(token.text)
            and len(token.stem) >= 3
            and any(_alike(token.stem, w) for w in phrase.words)
        }
        if not hits:
            continue
        score = len(hits) + 0.1 * len(hits) / len(phrase.words)
        if score > best.get(phrase.id, 0.0):
            best[phrase.id], touched[phrase.id] = score, hits
    if not best:
        return ServicesFound()
    most = max(int(score) for score in best.values())
    leaders = [service for service, score in best.items() if int(score) == most]
    spans = tuple({tokens[i].span for service in leaders for i in touched[service]})
    if len(leaders) == 1:
        return ServicesFound(services=(leaders[0],), spans=spans)
    return ServicesFound(choices=tuple(leaders), spans=spans)


@dataclass(frozen=True)
class StaffFound:
    """The person wanted, or several of that name; those not wanted; and a name that nobody here has."""

    staff: UUID | None = None
    choices: tuple[UUID, ...] = ()
    excluded: tuple[UUID, ...] = ()
    anyone: bool = False
    unknown: str = ""
    spans: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class _Crowd:
    """How people are looked for in one text."""

    text: str
    written: str
    asked: bool
    wanted_before: re.Pattern[str]
    excluded_before: re.Pattern[str]
    filler: str

    def excluded(self, token: _Word) -> bool:
        return bool(self.excluded_before.search(self.text[: token.span[0]]))

    def names(self, token: _Word, word: str) -> int:
        """How surely a token names somebody: 2 as written, 1 misspelt, 0 not at all."""
        expected = self.asked or self.excluded(token) or bool(self.wanted_before.search(self.text[: token.span[0]]))
        if word in (token.text, token.stem):
            capital = re.search(rf"(?<!^)\b{re.escape(word.capitalize())}", self.written)
            return 2 if expected or capital or (word not in _COMMON and len(word) >= 3) else 0
        if token.text in _COMMON or re.fullmatch(self.filler, token.text) or not _alike(token.text, word):
            return 0
        return 1 if expected or len(word) >= 6 else 0


def find_staff(text: str, tenant: Index, language: Language, *, asked: bool, written: str) -> StaffFound:
    """The people that a folded text names. `written` is the text as typed, whose capitals tell names from words."""
    tokens = _tokens(text)
    titles = r"(?:dr\.? |mr\.? |mrs\.? |ms\.? |miss |madame |monsieur )?"
    crowd = _Crowd(
        text=text,
        written=written,
        asked=asked,
        wanted_before=re.compile(rf"(?<!\w){language.with_person} {titles}$"),
        excluded_before=re.compile(rf"(?<!\w){language.exclude} (?:{language.with_person} )?$"),
        filler=language.filler,
    )
    hits: dict[int, set[UUID]] = {}
    strength: dict[UUID, int] = {}
    for phrase in tenant.staff:
        for word in phrase.words:
            for i, token in enumerate(tokens):
                sure = crowd.names(token, word)
                if sure:
                    hits.setdefault(i, set()).add(phrase.id)
                    strength[phrase.id] = strength.get(phrase.id, 0) + sure
    spans = tuple(tokens[i].span for i in hits)
    excluded: list[UUID] = []
    wanted: set[UUID] = set()
    for i, ids in hits.items():
        if crowd.excluded(tokens[i]):
            excluded.extend(ids)
        else:
            wanted |= ids
    wanted -= set(excluded)
    anyone = bool(re.search(rf"(?<!\w){language.anyone}(?!\w)", text))
    if wanted:
        best = max(strength[i] for i in wanted)
        leaders = tuple(i for i in dict.fromkeys(p.id for p in tenant.staff) if i in wanted and strength[i] == best)
        if len(leaders) == 1:
            return StaffFound(staff=leaders[0], excluded=tuple(excluded), spans=spans)
        return StaffFound(choices=leaders, excluded=tuple(excluded), spans=spans)
    if excluded or anyone:
        return StaffFound(excluded=tuple(dict.fromkeys(excluded)), anyone=anyone, spans=spans)
    return StaffFound(unknown=_stranger(text, language, written))


def _stranger(text: str, language: Language, written: str) -> str:
    """A name after "with" that nobody here has; only when it is written as a name."""
    for match in re.finditer(rf"(?<!\w){language.with_person} ([a-z]{{2,20}})\b", text):
        name = match.group(1).capitalize()
        if re.search(rf"\b{re.escape(name)}\b", written) and not re.fullmatch(language.filler, match.group(1)):
            return name
    return ""
