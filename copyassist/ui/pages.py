"""The pages in the order of the navigation; the first is the start page.

A new page is a folder beside this file whose page.py has a PAGE, and one name in PAGES. Only pages
that work stand here.
"""

from copyassist.ui.batch.page import PAGE as BATCH
from copyassist.ui.desk.page import PAGE as DESK
from copyassist.ui.kit.page import PageSpec
from copyassist.ui.news.page import PAGE as NEWS
from copyassist.ui.posts.page import PAGE as POSTS
from copyassist.ui.repeats.page import PAGE as REPEATS
from copyassist.ui.settings.page import PAGE as SETTINGS

PAGES: tuple[PageSpec, ...] = (DESK, NEWS, BATCH, REPEATS, POSTS, SETTINGS)
