"""How long it takes to find every free start of a month, for one, ten and a hundred people."""
