"""Reads legal documents from Word files (.docx): their text, and nothing that they bring along."""
