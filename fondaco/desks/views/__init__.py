"""Pages, one module a reader."""
