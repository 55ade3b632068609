"""What keeps the project itself up to date; not part of the package."""
