"""What became of every body, date, number, repetition and role of a document: a fact, a doubt or a mention."""
