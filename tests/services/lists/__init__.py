"""Tests of the five lists and the map."""
