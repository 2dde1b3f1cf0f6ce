"""What is written about incidents: the log and what it gives back, attempts, claims."""
