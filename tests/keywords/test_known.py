"""Names learnt from texts: what often stands together with different neighbours."""

from copyassist.keywords.known import learn_names, read_words


def test_a_run_that_moves_freely_is_a_name() -> None:
    titles = ["和赛博阿婆聊天", "跟赛博阿婆学做饭", "听赛博阿婆讲故事", "赛博阿婆来了"]
    assert "赛博阿婆" in learn_names(titles)


def test_a_part_of_a_name_is_none() -> None:
    titles = ["和赛博阿婆聊天", "跟赛博阿婆学做饭", "听赛博阿婆讲故事", "赛博阿婆来了"]
    assert not {"赛博阿", "博阿婆", "阿婆"} & set(learn_names(titles))


def test_what_stands_in_one_text_is_not_learnt() -> None:
    assert learn_names(["赛博阿婆和赛博阿婆，赛博阿婆"]) == []
    assert learn_names([]) == []


def test_a_dictionary_is_read_line_by_line() -> None:
    assert read_words("# 自己的词\n\n慢火小日子\n Ａ股 \n") == ["慢火小日子", "a股"]
