"""Rules of evidence: words, states, dates, links, names of files; pure."""
