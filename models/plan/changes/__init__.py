"""What a later version of a plan changes in an earlier one: matched, said in words, and put into it."""
