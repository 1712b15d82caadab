"""The names in the tags of a template, for the tests that look at words.

Each tag is read alone: a quotation mark of one tag must not pair with one of the next and hide what stands between.
"""

import re

TAG = re.compile(r"\{[{%].*?[%}]\}")
STRING = re.compile(r"\"[^\"]*\"|'[^']*'")
NAME = re.compile(r"[A-Za-z_][\w-]*")
# A name that is no attribute, filter or part of a longer word.
OF_VALUE = re.compile(r"(?<![\w.|-])[A-Za-z_]\w*")


def names_in_tags(text: str) -> set[str]:
    """Every name, and each string of one word, such as a URL's name. A string of several words is text for people."""
    tags = (STRING.sub(lambda string: "" if " " in string[0] else string[0], tag) for tag in TAG.findall(text))
    return {name for tag in tags for name in NAME.findall(tag)}


def names_of_values(text: str) -> set[str]:
    """The names of the context, and those that `for`, `with`, `as` and `include` give; not attributes or strings."""
    return {name for tag in TAG.findall(text) for name in OF_VALUE.findall(STRING.sub("", tag))}
