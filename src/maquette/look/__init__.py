"""Reference art and a person's wishes -> Look -> the colours and the finish of a picture."""
