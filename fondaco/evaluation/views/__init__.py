"""Pages of an evaluation: of those who run it, those who decide, and each evaluator's own."""
