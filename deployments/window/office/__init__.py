"""The office's pages: the dozen things a day holds, one question a page, without a command line."""
