"""Booka over HTTP: the application and its edge, the API, the pages, the webhooks' way in, and the server. It owns how
things look on the wire: addresses, statuses, headers, cookies. It must never decide what a booking may be, nor read a
table other than through a room below.
"""
