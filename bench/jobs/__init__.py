"""How many jobs a second are run when they do next to nothing, so that what is measured is the carrying."""
