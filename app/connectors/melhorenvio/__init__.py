"""Melhor Envio: labels of many carriers, bought from a wallet, and their tracking."""
