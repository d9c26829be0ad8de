"""The bot on a Discord of this machine, with a morning's digest that comes with the program."""
