"""`python -m booka_core.cli` is the same as `booka`; the supervisor starts its parts this way."""

from booka_core.cli import main

if __name__ == "__main__":
    main()
