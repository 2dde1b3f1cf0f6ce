"""What a sketch decides by itself: where things stand in it, and how an edit goes in and out."""
