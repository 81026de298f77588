"""WooCommerce: its orders are orders here, by REST v3 with a consumer key."""
