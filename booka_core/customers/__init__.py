"""The people a tenant serves and the addresses by which channels know them. It owns `customers` and
`customer_identities`. A customer may have no phone and no name; it must never guess that two people are one.
"""
