"""Where orders, products, stock and invoices come from."""
