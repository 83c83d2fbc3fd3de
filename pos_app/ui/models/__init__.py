"""What lists show, as models of Qt, and the values that their rows are made of."""
