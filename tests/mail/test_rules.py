"""What letters may name, and when they are tried again."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fondaco.mail import rules
from fondaco.mail.rules import Answer
from fondaco.web.words import html_of


def test_placeholders_are_filled_with_or_without_spaces():
    said = rules.filled("{{ person }} of {{organisation}}", {"person": "A", "organisation": "B"})

    assert said == "A of B"


def test_a_word_that_is_missing_is_an_error_when_all_are_needed():
    with pytest.raises(KeyError, match="score"):
        rules.filled("{{ score }}", {})


def test_a_word_that_is_missing_stays_visible_where_an_officer_looks():
    assert rules.filled_as_known("{{ person }}: {{ score }}", {"person": "A"}) == "A: {{ score }}"


def test_words_are_put_in_once_and_never_read_as_placeholders():
    words = rules.body_words({"person": "{{ score }}", "score": "5"})

    said = rules.filled("{{ person }}", words)

    assert rules.asked_for(said) == frozenset()
    assert rules.plain_text_of(said) == "{{ score }}"


def test_a_subject_is_one_line_and_no_placeholder():
    assert rules.subject_words({"person": "A\r\nBcc: x {{ b }}"}) == {"person": "A Bcc: x { b }}"}


@pytest.mark.parametrize(
    ("word", "html"),
    [
        ("**bold**", "<p>**bold**</p>"),
        ("[a](http://b.example)", "<p>[a](http://b.example)</p>"),
        ("<b>a</b>", "<p>&lt;b&gt;a&lt;/b&gt;</p>"),
        ("R&amp;D", "<p>R&amp;amp;D</p>"),
        ("- one\n- t*w*o", "<ul>\n<li>one</li>\n<li>t*w*o</li>\n</ul>"),
    ],
)
def test_what_people_typed_stays_what_they_typed(word, html):
    assert html_of(rules.body_words({"reasons": word})["reasons"]).strip() == html


def test_an_address_becomes_a_link_in_html_and_stays_an_address_in_text():
    body = rules.filled("{{ address }}", rules.body_words({"address": "https://a.example/b_c"}))

    assert 'href="https://a.example/b_c"' in html_of(body)
    assert rules.plain_text_of(body) == "https://a.example/b_c"


@given(st.text(alphabet="ab *_[]<>{}#&|~\\`()!-.1", max_size=40))
def test_a_word_reads_the_same_in_the_text_part(word):
    line = " ".join(word.split())

    said = rules.body_words({"person": f"x{line}"})["person"]

    assert rules.plain_text_of(said) == f"x{line}"


def test_the_text_part_has_no_marks():
    assert rules.plain_text_of("**Dear** [us](https://a.example)") == "Dear us (https://a.example)"


@pytest.mark.parametrize(
    ("attempt", "minutes"), [(1, 1), (2, 2), (3, 4), (9, 256), (10, 360), (16, 360), (90, 360)]
)
def test_waits_double_up_to_six_hours(attempt, minutes):
    assert rules.wait_before(attempt) == timedelta(minutes=minutes)


def test_the_mail_server_has_about_two_days():
    waits = sum((rules.wait_before(n) for n in range(1, rules.MOST_ATTEMPTS)), timedelta())

    assert timedelta(days=1, hours=18) < waits < timedelta(days=3)
    assert not rules.is_exhausted(rules.MOST_ATTEMPTS - 1)
    assert rules.is_exhausted(rules.MOST_ATTEMPTS)


@pytest.mark.parametrize(
    ("code", "answer"),
    [(421, Answer.LATER), (450, Answer.LATER), (499, Answer.LATER), (500, Answer.REFUSED),
     (550, Answer.REFUSED), (599, Answer.REFUSED), (600, Answer.LATER)],
)  # fmt: skip
def test_only_answers_of_the_five_hundreds_are_for_good(code, answer):
    assert rules.answer_of(code) is answer
