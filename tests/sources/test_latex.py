"""LaTeX in titles and abstracts."""

import pytest
from examples import is_thorough
from hypothesis import given
from hypothesis import strategies as st

from bot.sources.latex import to_unicode

CONVERTED = [
    (r"$\alpha$-divergence", "α-divergence"),
    (r"10^{-3}", "10⁻³"),
    (r"$10^{-3}$", "10⁻³"),
    (r"$\mathcal{O}(n^2)$", "𝒪(n²)"),
    (r"$\mathbb{R}^d$, $\mathbb{1}$, $\mathfrak{H}$", "ℝᵈ, 𝟙, ℌ"),
    (r"\textbf{x} and \emph{y}", "x and y"),
    (r"\textbf{a \emph{b $x_1$} c}", "a b x₁ c"),
    (r"see \url{https://example.org/a_b~c%20d}", "see https://example.org/a_b~c%20d"),
    (r"\href{https://example.org/a_b}{our \emph{page}}", "our page (https://example.org/a_b)"),
    ("10--20 pages -- and 3---4", "10–20 pages – and 3—4"),
    ("``quoted'' and ``another's''", "“quoted” and “another's”"),
    (r"Schr\"odinger and G{\"o}del", "Schrödinger and Gödel"),
    (r"Erd\H{o}s, Fran\c{c}ois, Ho{\v c}evar, \v{S}", "Erdős, François, Hočevar, Š"),
    (r"Caf\'e, Ca\~{n}on, na\"{\i}ve, M\`{a}", "Café, Cañon, naïve, Mà"),
    (
        r"J{\o}rgensen, S\o ren, {\AA}rhus, \L{}ukasz, stra{\ss}e",
        "Jørgensen, Søren, Århus, Łukasz, straße",
    ),
    (r"100\% of R\&D in \#1 for \$5, a\_b", "100% of R&D in #1 for $5, a_b"),
    ("Fig.~1, et al.~(2020), Table~$x$", "Fig. 1, et al. (2020), Table x"),
    (r"$x_1$, $x_{ij}$, $x^{(k)}$", "x₁, xᵢⱼ, x⁽ᵏ⁾"),
    (r"$x_{i,j}$, $a_B$, $L_{CE}$", "x_{i,j}, a_B, L_CE"),
    (r"$90^\circ$, $f^\prime$, $A^\top$, $x^*$", "90°, f′, Aᵀ, x*"),
    (r"$3\times10^5$, 2\times faster", "3×10⁵, 2× faster"),
    (r"$\sim$5, $\le 3$, $\geq 4$, $a \neq b$", "∼5, ≤ 3, ≥ 4, a ≠ b"),
    (r"$O(n\log n)$, $\log n$", "O(n log n), log n"),
    (r"$\frac{1}{2}$, $\frac{a+b}{c}$, $\sqrt{n}$, $\sqrt{n+1}$", "1/2, (a+b)/c, √n, √(n+1)"),
    (r"$\tilde{O}(\sqrt{T})$, $\hat{y}$, $\bar x$", "Õ(√T), ŷ, x̄"),
    (r"$\left( x \right)$, $\|x\|_2$, $\{1,\dots,n\}$", "( x ), ‖x‖₂, {1,…,n}"),
    (r"$p(x\mid\mathbf{y})$, $\text{max}$, $\operatorname{softmax}$", "p(x|y), max, softmax"),
    (r"\(x^2\) and \[y_0\]", "x² and y₀"),
    ("$$E = mc^2$$", "E = mc²"),
    (r"$\pi_{\theta}$, $\epsilon$-greedy, $\Delta E$", "π_θ, ϵ-greedy, Δ E"),
    ("$N$ agents and $k$-means", "N agents and k-means"),
    (r"{\bf Bold} and {\em emphasis}", "Bold and emphasis"),
    (r"\alpha-divergence, 5 \pm 1", "α-divergence, 5 ± 1"),
    (r"costs \$5 or $n^2$", "costs $5 or n²"),
]
UNCHANGED = [
    "costs $5",
    "costs $5 and $10",
    "from $5M to US$6M, A$",
    "$5 per user in total or 6 US$",
    "100%",
    "a_b and __init__ and x_1",
    r"C:\path\alpha",
    r"D:\textbf{x}",
    r"\\server\share",
    r"regular expressions \d+\w*\s, \n and \t",
    "#1 & #2",
    '{1, 2} and {"key": 1}',
    "--help and a--",
    "|---|---|",
    "-----",
    "``code``",
    "'' and ``",
    "/~user and ~5% and 5~10, 7B~14B, 월~금",
    "a ^ b, x^2",
    r"it\'s",
    r"\unknownmacro{x} and \cite{a}",
    r"$\unknownmacro{x}$",
    r"$\begin{cases}1\end{cases}$",
    "$unclosed",
    "$ spaced $",
    r"\textbf{unclosed",
    r"\textbf",
    "}{",
    "\\",
    "",
    "한국어 $",
]


def test_simple_latex_becomes_unicode() -> None:
    assert {text: to_unicode(text) for text, _ in CONVERTED} == dict(CONVERTED)


def test_other_text_stays_as_it_is() -> None:
    assert [to_unicode(text) for text in UNCHANGED] == UNCHANGED


PIECES = ["$", "\\", "{", "}", "^", "_", "~", "--", "``", "''", "\\textbf{", "\\frac", "\\alpha"]
PIECES += ['\\"', "\\(", "\\)", "\\[", "\\]", " ", "a", "1", "(", "\\left", "\\mathbb", "{\\bf "]
PIECES += ["\\'", "\\hat", "\\sqrt{", "\\c ", "\n", "가"]


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join) | st.text())
def test_any_text_can_be_converted(text: str) -> None:
    converted = to_unicode(text)
    assert len(converted) <= 3 * len(text) + 8


@given(
    st.text(st.characters(exclude_characters="$\\{}~")).filter(
        lambda text: "--" not in text and "``" not in text
    )
)
def test_text_without_latex_is_unchanged(text: str) -> None:
    assert to_unicode(text) == text


@pytest.mark.parametrize("piece", [*PIECES, "$a", "\\textbf{\\emph{", "``a", "\\({", "a^{", "${"])
def test_long_hostile_text_can_be_converted(piece: str) -> None:
    # With the longer one, far above the pytest time-out if time grew with the square of the length.
    text = piece * ((64_000 if is_thorough() else 8_000) // len(piece))
    assert to_unicode(text)
    closed = text + "}" * text.count("{")
    assert to_unicode(closed)
