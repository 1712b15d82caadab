"""The transparency log beside the chain, in formats of others: RFC 6962 and C2SP. Pure Python, no Django, no clock."""
