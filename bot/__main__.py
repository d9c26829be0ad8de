"""Run the command line as `python -m bot`."""

from bot.cli.app import main

__all__ = ["main"]

if __name__ == "__main__":
    main()
