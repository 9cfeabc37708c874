"""Whether a business with a million reservations, and one among ten thousand businesses, is served as a small one is."""
