"""Sample videos with their exact ground truth, and the studio that renders them."""
