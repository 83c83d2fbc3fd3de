"""Pictures of every state of every page, taken off screen and always the same."""
