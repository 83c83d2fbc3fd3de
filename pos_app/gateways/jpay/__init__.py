"""J-Pay as a gateway: cards, on a page that the customer opens."""
