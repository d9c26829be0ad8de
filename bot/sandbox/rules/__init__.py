"""What Discord takes and what it refuses: pure functions of a JSON body, a module a subject."""
