"""Reading a plan out of an official document: text in, values out."""
