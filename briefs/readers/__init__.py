"""One module a format: bytes in, `Reading` out. Nothing is guessed that the format does not state."""
