"""The bot's health: checks for people and load balancers, metrics, and the server for both."""
