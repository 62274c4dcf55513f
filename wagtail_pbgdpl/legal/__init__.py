"""The reader of legal text: from the words of a document to articles that have an address."""
