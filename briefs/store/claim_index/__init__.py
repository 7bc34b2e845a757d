"""The parts of the claim index: what it keeps, which claims it has compared, how relations are kept."""
