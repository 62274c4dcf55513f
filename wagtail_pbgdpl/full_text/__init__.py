"""The full text of a document from the hands of an editor: pasted or from Word, read and put in."""
