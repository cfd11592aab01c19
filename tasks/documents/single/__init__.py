"""Word files that are one file of XML: flat packages, and those of Word 2003 (WordprocessingML)."""
