"""Appointments that repeat: a rule in local time, its reservations, and edits of this one, this and the following, or all.
It owns `series`. Every occurrence is an ordinary reservation; all of them are written in one transaction or none.
"""
