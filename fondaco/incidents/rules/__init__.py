"""What incidents decides by itself: what a minute was like, and what an outage gives back."""
