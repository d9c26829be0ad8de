"""How the bot is: checks for people and load balancers, metrics, and the server for both."""
