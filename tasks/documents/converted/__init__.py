"""Files that become .docx before they are read (.doc, .rtf, .odt), and what was lost on the way."""
