"""What Turkish is: word lists, names, frequencies and the models made of them (see README.md beside this file)."""
