"""Grade many submissions into one folder, and lose none of them."""
