"""What can be booked and why: the catalogue, the hours and the occupancies put before the pure arithmetic of
`availability`. It owns no tables. It must never write: whether a time is really free is decided by `booking` alone.
"""
