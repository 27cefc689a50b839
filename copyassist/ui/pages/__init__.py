"""The pages in the order of the navigation; the first is the start page.

A new page is one file here with a PAGE, and one name in PAGES. Only pages that work stand here.
"""

from copyassist.ui.page import PageSpec
from copyassist.ui.pages import batch, desk, hot, posts, preferences

PAGES: tuple[PageSpec, ...] = (hot.PAGE, desk.PAGE, batch.PAGE, posts.PAGE, preferences.PAGE)
