"""What leaves: packets, redaction, sending, the accounting of disclosures, and cases told without saying whose."""
