"""The desks on the screen. Pages never import pages."""
