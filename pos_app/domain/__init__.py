"""What the till knows about money, charges and people: values and rules, standard library only."""
