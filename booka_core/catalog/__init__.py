"""What can be booked: locations, services with their durations, prices and buffers, the people and things that provide
them, and their hours. It owns those tables. It must never know who booked what.
"""
