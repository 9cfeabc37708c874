"""Booka for clinics, scheduling only: who sees whom, and when. It asks nothing about health and keeps nothing about it;
its words stay neutral, because a reminder on a locked screen is read by others. It speaks to the core through
`booka_core.sdk` alone.
"""
