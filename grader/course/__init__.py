"""Set a course up: make an assignment's repository, try it, pack it."""
