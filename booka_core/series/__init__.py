"""Appointments that repeat: a rule in local time, its reservations, and edits of one, of the following, or of all.
It owns `series` and which series a reservation belongs to. Every occurrence is an ordinary reservation; all of them are
written in one transaction or none. It must never write a reservation but by the verbs of booking.
"""
