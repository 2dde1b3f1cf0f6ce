"""What decides in the directory: names, numbers, links and posts."""
