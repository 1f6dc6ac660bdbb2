"""What the same work costs without the product: the least that this machine allows."""
