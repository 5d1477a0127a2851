"""The nouns: frozen, slotted, keyword-only dataclasses, and the protocols. No I/O, no third-party import."""
