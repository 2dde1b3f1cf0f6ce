"""Writing in sketches: keeping what is typed, and putting it in place."""
