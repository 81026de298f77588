"""The screen: asks the engine, draws what it answers, decides nothing about orders."""
