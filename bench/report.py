"""What a benchmark found and how it is told: lines of figures, goals as ratios, and faults that no speed excuses."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Literal

Better = Literal["lower", "higher"]


@dataclass
class Line:
    """One contestant's figure in every round."""

    who: str
    unit: str
    better: Better
    rounds: list[float] = field(default_factory=list)
    notes: dict[str, float | int | str] = field(default_factory=dict)

    @property
    def best(self) -> float:
        return min(self.rounds) if self.better == "lower" else max(self.rounds)


@dataclass(frozen=True)
class Goal:
    """A ratio of two best figures (or of a figure and a fixed limit) and the bound it must keep."""

    text: str
    ratio: float
    bound: float
    keep: Literal["at most", "at least"]

    @property
    def met(self) -> bool:
        return self.ratio <= self.bound if self.keep == "at most" else self.ratio >= self.bound


@dataclass
class Outcome:
    """All that one benchmark has to say."""

    bench: str
    lines: dict[str, Line] = field(default_factory=dict)
    goals: list[Goal] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def add(self, who: str, value: float, *, unit: str, better: Better, **notes: float | int | str) -> None:
        line = self.lines.setdefault(who, Line(who, unit, better))
        line.rounds.append(value)
        for name, note in notes.items():
            before = line.notes.get(name)
            # Counts of things that must not happen are summed; everything else is the worst seen.
            if isinstance(note, int) and isinstance(before, int):
                line.notes[name] = before + note
            elif isinstance(note, float) and isinstance(before, float):
                line.notes[name] = max(before, note)
            else:
                line.notes[name] = note

    def best(self, who: str) -> float:
        return self.lines[who].best

    def goal(self, text: str, ratio: float, *, at_most: float | None = None, at_least: float | None = None) -> None:
        if at_most is not None:
            self.goals.append(Goal(text, ratio, at_most, "at most"))
        if at_least is not None:
            self.goals.append(Goal(text, ratio, at_least, "at least"))

    def compare(
        self, text: str, ours: str, theirs: str, *, at_most: float | None = None, at_least: float | None = None
    ) -> None:
        """A goal on our best figure divided by theirs; skipped, with a note, when either did not run."""
        missing = [who for who in (ours, theirs) if who not in self.lines]
        if missing:
            self.notes.append(f"not compared: {text} ({', '.join(missing)} did not run)")
            return
        self.goal(text, self.best(ours) / self.best(theirs), at_most=at_most, at_least=at_least)

    @property
    def met(self) -> bool:
        return not self.faults and all(goal.met for goal in self.goals)

    def as_json(self) -> str:
        return json.dumps(
            {
                "bench": self.bench,
                "met": self.met,
                "goals": [
                    {"text": g.text, "ratio": round(g.ratio, 3), g.keep.replace(" ", "_"): g.bound, "met": g.met}
                    for g in self.goals
                ],
                "faults": self.faults,
                "notes": self.notes,
                "lines": [
                    {
                        "who": line.who,
                        "unit": line.unit,
                        "best": round(line.best, 4),
                        "rounds": [round(value, 4) for value in line.rounds],
                        **line.notes,
                    }
                    for line in self.lines.values()
                ],
            },
            ensure_ascii=False,
        )

    def as_text(self) -> str:
        return "\n".join(
            [
                f"\n{self.bench}",
                *_table((line.who, f"{line.best:,.3f} {line.unit}", _notes(line)) for line in self.lines.values()),
                "",
                *_table(
                    (goal.text, f"{goal.ratio:.2f}", f"{goal.keep} {goal.bound:g}", "met" if goal.met else "NOT MET")
                    for goal in self.goals
                ),
                *(f"  FAULT: {fault}" for fault in self.faults),
                *(f"  note: {note}" for note in self.notes),
            ]
        )


def _notes(line: Line) -> str:
    return "  ".join(
        f"{name}={value:.2f}" if isinstance(value, float) else f"{name}={value}" for name, value in line.notes.items()
    )


def _table(rows: Iterable[tuple[str, ...]]) -> list[str]:
    table = list(rows)
    if not table:
        return []
    widths = [max(len(row[column]) for row in table) for column in range(len(table[0]))]
    return [
        "  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in table
    ]


Say = Callable[[str], None]
