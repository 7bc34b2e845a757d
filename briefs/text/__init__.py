"""Pure text functions: places, quotation marks, sentence borders, equality. No files, no types of claims."""
