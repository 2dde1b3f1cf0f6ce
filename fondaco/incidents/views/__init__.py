"""Pages of what went wrong: the log and what it gives back, attempts and claims, the last hour."""
