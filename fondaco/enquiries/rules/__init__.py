"""Rules of asking, answering and likeness: pure."""
