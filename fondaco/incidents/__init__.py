"""What went wrong before a deadline, and what is given back for it."""
