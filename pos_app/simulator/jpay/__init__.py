"""J-Pay (cards on a hosted page), pretended. Source: gateways/jpay.md."""
