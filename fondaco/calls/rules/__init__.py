"""What a call decides by itself: when it is open, and what it pays."""
