"""What OCR does to Turkish: tables, and sample pages."""
