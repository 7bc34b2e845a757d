"""Measurements, one module a question; each prints its figures and the conditions they hold under."""
