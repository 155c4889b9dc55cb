"""What the API can ask for, one function a verb."""
