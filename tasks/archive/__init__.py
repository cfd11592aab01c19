"""A campaign that has ended, packed into one file that can be read without this program."""
