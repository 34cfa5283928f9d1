"""Fill the files that a learning platform gave and takes back."""
