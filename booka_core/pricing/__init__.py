"""What a visit costs: quotes as line items, the rules that change prices by time and demand, promotions and vouchers.
It owns `price_rules`, `promotions` and `quotes`. It must never know whether a time is free.
"""
