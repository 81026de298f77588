"""The pages of the console, one file each. They draw views and decide nothing about orders."""
