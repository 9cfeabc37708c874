"""Who would come if a time became free, and whom it is offered to. It owns `waitlist_entries` and `waitlist_offers`.
An offer is a hold of the booking room; it must never promise a time that is not held.
"""
