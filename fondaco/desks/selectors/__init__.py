"""What pages show of several slices at once."""
