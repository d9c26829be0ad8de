"""arXiv ids in texts that people paste or write."""

import re

_ARCHIVES = (
    "acc-phys|adap-org|alg-geom|ao-sci|astro-ph|atom-ph|bayes-an|chao-dyn|chem-ph|cmp-lg|comp-gas|"
    "cond-mat|cs|dg-ga|funct-an|gr-qc|hep-ex|hep-lat|hep-ph|hep-th|math|math-ph|mtrl-th|nlin|"
    "nucl-ex|nucl-th|patt-sol|physics|plasm-ph|q-alg|q-bio|quant-ph|solv-int|supr-con"
)
_NEW_STYLE = r"\d{2}(?:0[1-9]|1[0-2])\.\d{4,5}"
_OLD_STYLE = rf"(?:{_ARCHIVES})(?:\.[A-Z]{{2}})?/\d{{2}}(?:0[1-9]|1[0-2])\d{{3}}"
_ID = rf"(?P<id>{_NEW_STYLE}|{_OLD_STYLE})(?:v[1-9]\d*)?"
_BARE = re.compile(rf"\s*<?(?:arxiv\s*:\s*)?\[?{_ID}\]?>?\s*", re.IGNORECASE | re.ASCII)
_CITED = re.compile(rf"\s*\[(?:arxiv\s*:\s*)?{_ID}\]", re.IGNORECASE | re.ASCII)
_ADDRESS = re.compile(
    r"(?:arxiv\.org/(?:abs|pdf|html|format|ps|e-print|src|list)/"
    r"|alphaxiv\.org/(?:abs|pdf|overview)/"
    r"|(?:huggingface\.co|hf\.co)/papers/"
    r"|doi\.org/10\.48550/arxiv\.)"
    rf"{_ID}(?!\d)",
    re.IGNORECASE | re.ASCII,
)
_SUBJECT_CLASS = re.compile(r"\.[a-z]{2}/")
_WORD_BEGINS = r"(?<![\w./-])(?:arxiv\s*:\s*)?"
_WORD_ENDS = r"(?![\w/]|[.-]\w)"
_AS_WORD = re.compile(rf"{_WORD_BEGINS}{_ID}{_WORD_ENDS}", re.IGNORECASE | re.ASCII)
_LIKE_AN_ID = re.compile(
    rf"(?:{_WORD_BEGINS}|(?:arxiv\.org/(?:abs|pdf)|(?:huggingface\.co|hf\.co)/papers)/)"
    rf"(?P<id>\d{{4}}\.\d{{3,6}}|(?:{_ARCHIVES})(?:\.[A-Z]{{2}})?/\d{{7}})(?:v\d+)?{_WORD_ENDS}",
    re.IGNORECASE | re.ASCII,
)


def arxiv_id_in(text: str) -> str | None:
    """Return the arXiv id that a pasted text names, without its version, or `None`.

    The text may be a bare id of either style (`2502.14499`, `2502.14499v2`, `hep-th/9901001`), also
    behind `arXiv:`. It may be the title line of an arXiv page (`[2502.14499] MLGym: …`), or have an
    address of arXiv or of Hugging Face's paper pages anywhere. The subject class of an old id is
    dropped, as arXiv does: `math.GT/0309136` is `math/0309136`.

    Source: https://info.arxiv.org/help/arxiv_identifier.html
    """
    match = _BARE.fullmatch(text.strip()) or _ADDRESS.search(text) or _CITED.match(text)
    return _normal_id(match) if match else None


def arxiv_ids_in(text: str) -> tuple[str, ...]:
    """Return all arXiv ids that a message names, each once, in their order, without versions.

    Understood are the addresses that `arxiv_id_in` knows, and ids that stand alone as a word.

    >>> arxiv_ids_in("arxiv.org/abs/2502.14499v2 and (arXiv:2502.00001), not v1.2502.14498")
    ('2502.14499', '2502.00001')
    """
    found = [*_ADDRESS.finditer(text), *_AS_WORD.finditer(text)]
    found.sort(key=lambda match: match.start("id"))
    return tuple(dict.fromkeys(map(_normal_id, found)))


def mistaken_id_in(text: str) -> str | None:
    """Return what looks like an arXiv id but can't be one; `None` if the text has a real id.

    >>> mistaken_id_in("arXiv:2513.12345")  # there is no thirteenth month
    '2513.12345'
    """
    if arxiv_id_in(text) is not None or arxiv_ids_in(text):
        return None
    match = _LIKE_AN_ID.search(text)
    return match["id"] if match else None


def _normal_id(match: re.Match[str]) -> str:
    return _SUBJECT_CLASS.sub("/", match["id"].lower())
