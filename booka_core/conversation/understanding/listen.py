"""The one way into understanding: what belongs to a person is taken out first, then dates and times, then the
tenant's own names, so that nothing is understood twice ("the 24th" is no party of 24, and "I'm Ada" asks for no
Ada).
"""

from __future__ import annotations

import re

from booka_core.conversation.understanding.acts import chosen, find_acts
from booka_core.conversation.understanding.contacts import find_contact
from booka_core.conversation.understanding.grammar import Grammar, grammar
from booka_core.conversation.understanding.languages import ENGLISH, Act, Language
from booka_core.conversation.understanding.moments import read_when
from booka_core.conversation.understanding.names import find_services, find_staff, index
from booka_core.conversation.understanding.text import blank, fold, mend
from booka_core.conversation.understanding.types import Context, Names, Understanding, When


def understand(text: str, *, catalogue: Names, context: Context) -> Understanding:
    """Everything that a message says, in the situation it was written in. Never raises on any text."""
    rules = grammar(context.locale)
    language = rules.language
    folded = fold(text)
    tenant = index(catalogue)
    bare = mend(folded, language, tenant.own_words)
    choice = chosen(bare, language, context.options)
    if choice is not None:
        return Understanding(text=text, acts=("choose",), choice=choice)
    acts = _acts(bare, language)
    contact = find_contact(
        text,
        folded,
        language,
        territory=_territory(context.locale),
        asked=context.asked == "contact" and not set(acts) - {"provide", "greet", "thanks", "help"},
    )
    own = blank(folded, contact.spans) if contact.spans else folded
    rest = mend(own, language, tenant.own_words)
    party, rest = _party(rest, rules, context)
    before = rest
    when, rest = _when(rest, rules, context, foreign=not acts)
    when, rest = _own_parts(before, rest, when, rules=rules, own=tenant.own_words)
    staff = find_staff(rest, tenant, language, asked=context.asked == "staff", written=text)
    services = find_services(blank(rest, staff.spans), tenant, language)
    any_staff = staff.anyone or ("any" in acts and context.asked == "staff")
    if "any" in acts and context.asked in ("time", "date") and (when is None or when.time is None) and not staff.anyone:
        when = (when or When()).model_copy(update={"pick": "first"})
    unknown = ""
    if not (
        services.services or services.choices or {"ask_place", "ask_hours", "ask_price", "human", "view"} & set(acts)
    ):
        wants = "book" in acts or context.asked == "service"
        unknown = _unknown(blank(rest, staff.spans), language, wants=wants)
    understood = Understanding(
        text=text,
        acts=acts,
        services=services.services,
        service_choices=services.choices,
        staff=staff.staff,
        staff_choices=staff.choices,
        any_staff=any_staff and staff.staff is None,
        excluded_staff=staff.excluded,
        when=when,
        party_size=party,
        name=contact.name,
        phone=contact.phone,
        email=contact.email,
        unknown_service=unknown,
        unknown_staff=staff.unknown,
    )
    if understood.carries_values or contact.name or contact.phone or contact.email:
        return understood.model_copy(update={"acts": (*acts, "provide")})
    return understood


def _acts(text: str, language: Language) -> tuple[Act, ...]:
    acts = find_acts(text, language)
    if not acts and language is not ENGLISH:
        return find_acts(text, ENGLISH)
    return acts


def _when(text: str, rules: Grammar, context: Context, *, foreign: bool) -> tuple[When | None, str]:
    """English dates are read in other languages too, unless the words were plainly of that language."""
    when, rest = read_when(text, grammar=rules, context=context)
    if when is None and foreign and rules.language is not ENGLISH:
        return read_when(text, grammar=grammar(ENGLISH.code), context=context)
    return when, rest


def _own_parts(
    before: str, rest: str, when: When | None, *, rules: Grammar, own: frozenset[str]
) -> tuple[When | None, str]:
    """Where "lunch" is something to book, it is not hidden by being a time of day too."""
    letters = list(rest)
    for pattern, _ in rules.parts:
        for match in pattern.finditer(before):
            if match.group() in own:
                letters[slice(*match.span())] = match.group()
    found = "".join(letters)
    only_part = when is not None and when.part is not None and when.date is None
    return (None if only_part and found != rest else when), found


def _territory(locale: str) -> str | None:
    parts = locale.replace("-", "_").split("_")
    return parts[-1].upper() if len(parts) > 1 and len(parts[-1]) == 2 else None


def _party(text: str, rules: Grammar, context: Context) -> tuple[int | None, str]:
    """How many people come. A bare "for 4" counts people only where tables are booked."""
    if not context.counts_people:
        return None, text
    language = rules.language
    number = rf"(\d{{1,3}}|{'|'.join(sorted(language.numbers, key=len, reverse=True))})"
    for pattern in language.party:
        match = re.search(rf"(?<!\w){pattern.replace('{n}', number)}", text)
        if match:
            return rules.number(match.group(1)), blank(text, [match.span()])
    if re.search(rf"(?<!\w){language.party_alone}(?!\w)", text):
        return 1, text
    if context.asked == "party_size":
        match = re.search(rf"(?<![\w:./]){number}(?![\w:./])", text)
        if match:
            return rules.number(match.group(1)), blank(text, [match.span()])
    return None, text


def _unknown(text: str, language: Language, *, wants: bool) -> str:
    """What somebody asks for that the catalogue does not have, in the words they used."""
    filler = re.compile(rf"{language.filler}|{language.politeness}")
    for pattern in language.ask_for if wants else language.ask_for[:1]:
        for match in re.finditer(rf"(?<!\w){pattern}", text):
            said = re.findall(r"[a-z][a-z'-]+", match["thing"].split("  ")[0])
            if said and filler.fullmatch(said[0]):
                continue  # "an appointment at a salon" names nothing
            words = [word for word in said if not filler.fullmatch(word)]
            if words:
                return " ".join(words[:3])
    return ""
