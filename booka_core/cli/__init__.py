"""The `booka` command. It is how a person starts, inspects and operates Booka from a terminal.

It owns the shape of the commands and what they print; every deed behind them is a command or a query of another room.
It must never hold business rules, and asking for help must not import the product.
"""


def main() -> None:
    """The entry point of the installed `booka` script."""
    from booka_core.cli.app import run  # noqa: PLC0415  so that importing a sibling module costs nothing

    run()
