"""The evidence bundle: a zip file that whoever gets it verifies without this site. docs/ledger.md has the format."""
