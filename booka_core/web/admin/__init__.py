"""The pages of one business: who may see what was decided before a view runs, a view asks the rooms below for frozen
rows, a builder without I/O turns them into exactly what a template prints. This room owns pages and their words; it
must never write a table, decide a booking or reach another tenant's data.
"""
