"""People and what they may do: users, memberships with a role, the permission matrix, sign-in by a link in a mail,
sessions, and short-lived tokens for the API. It owns `users`, `memberships`, `sign_in_links` and `sessions`. It must
never store a secret that opens anything (only hashes), and never decide by what a token claims where it can look.
"""
