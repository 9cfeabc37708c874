"""What a person can do with a link alone: manage one reservation with a signed one, or book a private service with one
that can be used a limited number of times. It owns `booking_links`; manage links are signatures and are not stored.
"""
