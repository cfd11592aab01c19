"""Marks of what was not read; apart from `document`, so that a reader's process loads next to nothing."""

# Why letters are not read, where a person must look: nobody can say, no letters, unknown ones, other files.
MISSING, PICTURE, UNREADABLE, EMBEDDED = "没有读到", "图片", "认不出的字", "嵌入的其他文件"
TWICE = "读了两遍"  # letters of lines that the file does not have as often
UNCOUNTED = "没有逐字核对"  # nobody can say whether letters are missing
UNSURE = "先后不能确定"  # lines that are read, and may be columns or rows
HALVED = "跨页的合并格"  # rows that may belong to a cell which began on the page before
RULED_OVER = "线压着的字"  # words that are read, though a rule runs through them and on
BROKEN = "\ufffd"  # stands where a character of the file is broken or has no letter
