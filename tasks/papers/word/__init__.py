"""The parts that every Word paper is made of, in the layout of GB/T 9704-2012; the one home of python-docx."""
