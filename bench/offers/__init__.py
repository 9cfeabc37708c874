"""How long it takes from the database to the free starts of a month, for one, ten and a hundred people."""
