"""Office files seen from inside: Word, workbooks, slides, their old kinds; read within the guarded process only."""
