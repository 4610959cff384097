"""The chart: session entries, documents, drafts, sealed notes."""
