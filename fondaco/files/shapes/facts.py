"""A fact in a file, with where it was found."""

from fondaco.files.values import Confidence, Shape, Sources


class Sourced(Shape):
    """A fact from outside, with where it was found."""

    source: Sources = []
    confidence: Confidence | None = None
