"""What was agreed: authorizations, with every element the law asks for, their end and their revocation."""
