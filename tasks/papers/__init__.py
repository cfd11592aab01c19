"""Papers in Word, Excel and PDF, from one small set of parts."""
