"""Booka beside its peers: the same work done by Booka and by what people use today, in one run on one machine.

Machines differ and shared ones waver, so only ratios are judged: contestants take turns, round after round, and the
best round of each counts. What is fast but wrong does not count at all: every benchmark checks what was answered or
written beside how long it took.
"""
