"""Routes of the desk, one module a page or a kind of change."""
