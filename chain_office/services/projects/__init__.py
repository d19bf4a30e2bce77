"""What is done with projects: nodes applied, causes made, months entered, signed off and compared."""
