"""Pages that exist only to try Booka out: a phone to write from, a mailbox to read in, and the way to both. They speak
with the local stand-ins of the outside services over HTTP, as a customer would, and must never reach into the product's
rooms to make something happen.
"""
