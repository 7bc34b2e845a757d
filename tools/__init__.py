"""Commands for those who work on briefs; not part of what is installed."""
