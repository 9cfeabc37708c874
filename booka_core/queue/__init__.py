"""People who walk in and wait their turn, without times. It owns `queue_entries`. Who is served gets a reservation that
begins at that moment, so that nobody can be booked into their chair; it must never promise a time before that.
"""
