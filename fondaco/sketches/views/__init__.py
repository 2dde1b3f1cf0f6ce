"""The pages in which an officer builds a call."""
