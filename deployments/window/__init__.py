"""The window: pages for leaders, units, the office and the wall, rendered here, without JavaScript.

`ways` lists every page and act with the right it asks for; `frame` sees who is there, holds each call
against that, and answers; the other modules have the handlers, one for each subject.
"""
