"""Fuzz targets shared by hypothesis and atheris."""
