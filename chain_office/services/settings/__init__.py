"""What an office may change about itself: its name, its lists of names, its light rules, its calendar."""
