"""Pages of questions and answers: for everybody, and for the office of a call."""
