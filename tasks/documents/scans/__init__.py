"""Pages that are pictures: their words by text recognition, where the office installed it, with its doubts."""
