"""What evaluation decides by itself: marks, conflicts, the spread of files, rankings, consent."""
