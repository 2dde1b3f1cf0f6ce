"""What is written in an evaluation, one transaction each."""
