"""The lists that an office sends out and takes back as Excel workbooks: the one way in and out.

`writing` makes a sheet fit to print and to fill in, `reading` takes one back whatever Excel or WPS
made of it, `cells` says what a cell means.
"""
