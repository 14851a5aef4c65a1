//! What is kept of texts that may hold secrets.
