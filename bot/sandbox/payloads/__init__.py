"""What Discord says of its objects, as JSON."""
