"""What is kept: accounts, posts with their figures, imports, drafts. SQLite, or PostgreSQL by URL."""

from copyassist.store.database import Store
from copyassist.store.records import ImportReceipt, NewAccount, ReadTable, SavedDraft, UndoReceipt

__all__ = ["ImportReceipt", "NewAccount", "ReadTable", "SavedDraft", "Store", "UndoReceipt"]
