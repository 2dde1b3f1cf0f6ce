"""Reading what happened to calls, and who follows them."""
