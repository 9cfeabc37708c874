"""Putting days, times and parts of the day together into one `When`: which of several was meant, which half of the
day an open time falls in, and what remains when words take each other back ("not Monday, Tuesday").
"""

from __future__ import annotations

import datetime as dt
import re
from zoneinfo import ZoneInfo

from booka_core.conversation.understanding.dates import DayMention, DayReader
from booka_core.conversation.understanding.grammar import Grammar
from booka_core.conversation.understanding.text import blank
from booka_core.conversation.understanding.times import TimeMention, TimeReader
from booka_core.conversation.understanding.types import Context, Modifier, When

Span = tuple[int, int]


def read_when(text: str, *, grammar: Grammar, context: Context) -> tuple[When | None, str]:
    """What a folded, mended text says about when, and the text without it."""
    now = context.now.astimezone(ZoneInfo(context.zone))
    days = DayReader(grammar, now).read(text)
    # "Tonight" is a day and a part of the day: the times beside it still want to see it.
    hidden = [m.span for m in days if not any(p.search(text[slice(*m.span)]) for p, _ in grammar.parts)]
    rest = blank(text, hidden)
    picked = _pick(grammar, rest)
    times = TimeReader(
        grammar, asked=context.asked in ("time", "date") and not days, counts_people=context.counts_people
    ).read(rest)
    rest_of_times = blank(rest, [mention.span for mention in times])
    part, _ = _part(grammar, rest_of_times)
    today = _part(grammar, rest)[1]
    spans = [*(mention.span for mention in days), *(mention.span for mention in times)]
    if part:
        spans.append(part[1])
    if not (days or times or part or picked):
        return None, text
    said = text[min(s[0] for s in spans) : max(s[1] for s in spans)] if spans else ""
    days = [day for day in days if not _excluded(grammar, text, day.span)] or days[-1:]
    when = _together(
        grammar=grammar, context=context, now=now, text=text, days=days, times=times, part=part[0] if part else None
    )
    if today and when.date is None:
        when = when.model_copy(update={"date": now.date()})
    return when.model_copy(update={"pick": picked, "said": said}), blank(text, spans)


def _pick(grammar: Grammar, text: str) -> str | None:
    for kind, words in (("first", grammar.language.first), ("last", grammar.language.last)):
        if re.search(rf"(?<!\w)(?:{words})(?!\w)", text):
            return kind
    return None


def _part(grammar: Grammar, text: str) -> tuple[tuple[int, Span] | None, bool]:
    """The last part of the day that is mentioned, and whether it means today's."""
    found: tuple[int, Span] | None = None
    same_day = False
    greeting = re.match(r"(?:very )?good (?:morning|afternoon|evening|night)|have a \w+ \w+", text)
    for pattern, index in grammar.parts:
        for match in pattern.finditer(text, greeting.end() if greeting else 0):
            if found is None or match.start() > found[1][0]:
                found, same_day = (index, match.span()), bool(match["same"])
    if text.strip(" .!,") in ("morning", "evening", "afternoon") and found:
        return found, False
    return found, same_day


def _excluded(grammar: Grammar, text: str, span: Span) -> bool:
    return bool(re.search(rf"(?<!\w){grammar.language.exclude} (?:on |this |next |le |for )?$", text[: span[0]]))


def _between(text: str, a: Span, b: Span) -> str:
    return text[a[1] : b[0]]


def _together(
    *,
    grammar: Grammar,
    context: Context,
    now: dt.datetime,
    text: str,
    days: list[DayMention],
    times: list[TimeMention],
    part: int | None,
) -> When:
    if any(mention.hour is None for mention in times):
        return When(fault="no_such_time", date=days[-1].day if days else None)
    day, end_day = _days(grammar, text, days)
    moment = next((mention.moment for mention in days if mention.moment), None)
    if moment and not times:
        return When(date=moment.date(), time=moment.time())
    time, end_time, modifier = _times(
        grammar=grammar, context=context, now=now, text=text, times=times, part=part, day=day
    )
    if days and day is None:
        return When(fault="no_such_date", time=time, modifier=modifier)
    name = None
    if part is not None and time is None:
        shape = grammar.language.parts[part]
        name, time = shape.name, dt.time(shape.start)
        end_time = dt.time(shape.end % 24)
    return When(date=day, end_date=end_day, time=time, end_time=end_time, modifier=modifier, part=name)


def _days(grammar: Grammar, text: str, days: list[DayMention]) -> tuple[dt.date | None, dt.date | None]:
    real = [mention for mention in days if mention.day]
    if not real:
        return None, None
    if len(real) == 1:
        return real[0].day, real[0].last
    first, second = real[0], real[1]
    gap = _between(text, first.span, second.span)
    if len(gap) <= 30 and gap.strip(" ,") == "" and first.last is None and second.last is None and not first.moment:
        return second.day, None  # "Monday, the 24th": the more exact one is the later one in every language we read
    language = grammar.language
    leads = text[: first.span[0]]
    bounded = re.search(rf"(?<!\w)(?:{language.until}) ?(?:the |le )?$", text[: second.span[0]])
    opened = re.search(rf"(?<!\w)(?:{language.starting}) ?(?:the |le )?$", leads)
    reversed_ends = re.search(rf"(?<!\w)(?:{language.until}) ?(?:the |le )?$", leads)
    if grammar.joiner.fullmatch(gap) or bounded or (opened and len(real) == 2 and len(gap) < 60):
        ends = (first.day, second.day)
    elif reversed_ends:
        ends = (second.day, first.day)
    else:
        return real[-1].day, real[-1].last
    start, end = ends
    if start and end and end < start and second.bare_number:
        end = (end.replace(day=1) + dt.timedelta(days=31)).replace(day=end.day)
    return (start, end) if start and end and start < end else (second.day, None)


def _times(
    *,
    grammar: Grammar,
    context: Context,
    now: dt.datetime,
    text: str,
    times: list[TimeMention],
    part: int | None,
    day: dt.date | None,
) -> tuple[dt.time | None, dt.time | None, Modifier]:
    kept = [mention for mention in times if not _excluded(grammar, text, mention.span)] or times[-1:]
    kept = [mention for mention in kept if not mention.weak] or kept
    if not kept:
        return None, None, "at"
    last = kept[-1]
    gap = _between(text, kept[-2].span, last.span).replace(" at ", " ") if len(kept) >= 2 else ""
    if gap.strip(" ,") and grammar.joiner.fullmatch(gap):
        last = kept[-2]
        end: tuple[int, int] | None = (kept[-1].hour or 0, kept[-1].minute)
        end_either = kept[-1].either
    else:
        end, end_either = last.end, last.end_either
    start = _half(context, now, last.hour or 0, last.minute, open_half=last.either, part=_name(grammar, part), day=day)
    if end is None:
        return start, None, last.modifier
    finish = _half(context, now, end[0], end[1], open_half=end_either, part=_name(grammar, part), day=day)
    if finish <= start and finish.hour < 12 and end_either:
        finish = finish.replace(hour=finish.hour + 12)
    if finish <= start and last.either and start.hour >= 12:
        start = start.replace(hour=start.hour - 12)
    return start, finish, "at"


def _name(grammar: Grammar, part: int | None) -> str | None:
    return None if part is None else grammar.language.parts[part].name


def _half(
    context: Context,
    now: dt.datetime,
    hour: int,
    minute: int,
    *,
    open_half: bool,
    part: str | None,
    day: dt.date | None,
) -> dt.time:
    """The time of day, with an open half of the day decided by what else was said, else by the opening hours."""
    if not open_half or (part is None and (context.opens is None or context.closes is None)):
        return dt.time(hour % 24, minute)
    early, late = dt.time(hour % 12, minute), dt.time(hour % 12 + 12, minute)
    if part is not None:
        return early if part == "morning" and hour != 12 else late
    opens, closes = context.opens or early, context.closes or late
    if opens <= early and late < closes:
        return late if day == now.date() and early <= now.time() else early
    inside = [time for time in (early, late) if opens <= time < closes]
    return inside[0] if inside else min((late, early), key=lambda time: _away(time, opens, closes))


def _away(time: dt.time, opens: dt.time, closes: dt.time) -> int:
    """Minutes from a time outside the opening hours to their nearer end."""
    minute, start, end = (t.hour * 60 + t.minute for t in (time, opens, closes))
    return max(start - minute, minute - end, 0)
