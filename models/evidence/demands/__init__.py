"""What can be proved of an indicator or a work item: the demands that evidence and targets hang on."""
