"""Whether a business with a million reservations, or one of ten thousand, is served as quickly as a small one is."""
