"""What tools/make_samples.py is made of: the story that the figures tell, and writers for the workbooks."""
