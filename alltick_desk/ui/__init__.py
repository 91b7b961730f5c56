"""The window and its panels. May import services and below, and Qt."""
