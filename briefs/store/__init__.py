"""What is on disk: written whole or not at all, and never over a person's work."""
