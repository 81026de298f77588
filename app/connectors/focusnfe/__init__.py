"""Focus NFe: issues an order's NF-e, or finds the one that an ERP has issued through it."""
