"""Questions and their answers: may I tell, must I, how much, what then."""
