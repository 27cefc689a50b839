"""From a topic to the desk."""

from copyassist.news.board.views import TopicView
from copyassist.ui.kit.handover import Assignment, hand_over


def write_about(view: TopicView) -> None:
    """Opens the desk with the topic."""
    hand_over(Assignment(view.id, view.title, view.keywords, view.description))
