"""What two figures have to do with each other: value, thing, what happens to it, time. Pure; no parse here.

It compares figures as they were read from their sentences and never says which of two is right.
"""
