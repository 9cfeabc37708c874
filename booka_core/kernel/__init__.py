"""What every room stands on and what knows no word of the domain: settings, time, ids, secrets, logs, metrics and the
one way out to other machines. It owns process-wide technique and must never learn what a reservation or a tenant is.
"""
