"""Pages for customers, who have no account: what they may see and do follows from the signed link they hold. They work
without scripts.
"""
