"""What comes in and has a clock: clients' requests for access, amendment, restriction, another way to be reached, and an accounting."""
