"""The leading group, its office and working groups: who sat where when, their duties, their documents."""
