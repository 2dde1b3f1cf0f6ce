"""A map of addresses with nothing on it."""

urlpatterns: list[object] = []
