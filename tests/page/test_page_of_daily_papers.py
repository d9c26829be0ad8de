"""The demo in a real browser: what a new user does in the first minutes."""

import re

import pytest
from browsing import Demo, OpenTab, switch_person
from layouts import remove_schedule
from playwright.async_api import expect

from bot.demo.scene import begin_next_morning

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.xdist_group("page")]

PHONE_WIDTH = 390
PHONE = {"viewport": {"width": PHONE_WIDTH, "height": 780}, "has_touch": True}


async def test_the_next_morning_shows_a_post_of_a_lead_and_a_list(
    demo: Demo, open_tab: OpenTab
) -> None:
    tab = await open_tab(demo.page.url)
    await expect(tab.get_by_role("heading", name="papers", exact=True)).to_be_visible()
    await expect(tab.locator(".tip")).to_contain_text("Press “Next morning”")
    await tab.locator("header").get_by_role("button", name="Next morning").click()
    await expect(tab.locator(".embed")).to_have_count(2)
    await expect(tab.locator(".tip")).to_be_empty()
    post = tab.locator(".message").last
    await expect(post).to_contain_text("Friday, February 21 · top 5 of 30")
    link = post.locator(".embed-title a").first
    await expect(link).to_have_text(re.compile("^MLGym"))
    assert await link.get_attribute("href") == "https://arxiv.org/abs/2502.14499"
    await expect(tab.locator(".clock-time")).to_have_text("Mon 24 Feb, 08:00")
    await expect(post.get_by_role("button", name="All 30")).to_be_visible()


async def test_another_morning_without_a_new_digest_says_so(demo: Demo, open_tab: OpenTab) -> None:
    tab = await open_tab(demo.page.url)
    morning = tab.locator("header").get_by_role("button", name="Next morning")
    await morning.click()
    await expect(tab.locator(".embed")).to_have_count(2)
    demo.scene.guild.remove_channel(demo.scene.papers)
    await expect(tab.get_by_role("heading", name="general", exact=True)).to_be_visible()
    await remove_schedule(demo.scene.admin, "schedule:1")
    await morning.click()
    await expect(tab.get_by_role("status")).to_contain_text("/setup")
    await switch_person(tab, "Bo")
    await morning.click()
    await expect(tab.get_by_role("status")).to_contain_text("Switch to Mina at the bottom left")


async def test_a_post_is_announced_by_its_first_line(demo: Demo, open_tab: OpenTab) -> None:
    tab = await open_tab(demo.page.url)
    await switch_person(tab, "Bo")
    await tab.locator("header").get_by_role("button", name="Next morning").click()
    await expect(tab.locator(".embed")).to_have_count(2)
    post = demo.scene.papers.messages[-1]
    assert post.push_text
    await expect(tab.locator(".toast-text")).to_have_text(post.push_text)
    await expect(tab.locator(".message .content").last).to_have_text(post.push_text)


async def test_a_member_without_rights_can_read_and_look_up_but_not_write(
    demo: Demo, open_tab: OpenTab
) -> None:
    tab = await open_tab(demo.page.url)
    await switch_person(tab, "Cleo")
    box = tab.locator("#message-box")
    await expect(box).to_have_attribute("placeholder", "You can only use commands here.")
    await box.fill("/top count:1")
    await tab.keyboard.press("Enter")
    await expect(tab.locator(".embed-title")).to_contain_text("Top paper")


async def test_a_paper_can_be_found_with_the_keyboard_only(demo: Demo, open_tab: OpenTab) -> None:
    tab = await open_tab(demo.page.url)
    await expect(tab.locator(".message")).to_have_count(1)
    await tab.keyboard.type("/")
    commands = tab.get_by_role("listbox", name="Commands")
    await expect(commands.get_by_role("option").first).to_contain_text("/paper")
    await tab.keyboard.press("Enter")
    query = tab.get_by_role("combobox", name="query")
    await expect(query).to_be_focused()
    await tab.keyboard.type("2502.14499")
    offered = tab.get_by_role("listbox", name="Options").get_by_role("option")
    await expect(offered).to_have_count(1)
    await expect(offered).to_contain_text("MLGym")
    await tab.keyboard.press("ArrowDown")
    active = await query.get_attribute("aria-activedescendant")
    assert active == await offered.get_attribute("id")
    await tab.keyboard.press("Enter")
    await tab.keyboard.press("Enter")
    answer = tab.locator(".message").last
    await expect(answer).to_contain_text("Mina used /paper")
    await expect(answer.locator(".embed-title")).to_contain_text("MLGym")
    await expect(tab.get_by_role("textbox", name="Message #papers")).to_be_focused()


async def test_a_paper_opened_from_a_post_can_be_shared_and_discussed_on_a_phone(
    demo: Demo, open_tab: OpenTab
) -> None:
    await begin_next_morning(demo.app)
    tab = await open_tab(demo.page.url, **PHONE)
    await expect(tab.locator(".embed")).to_have_count(2)
    await tab.get_by_text("Read a summary…").click()
    await tab.get_by_role("option", name=re.compile("^SuperGPQA")).click()
    card = tab.locator(".message.ephemeral", has_text="arXiv 2502.14739")
    await expect(card).to_contain_text("arXiv · PDF · Hugging Face")
    await card.get_by_role("button", name="Post to channel").tap()
    shared = tab.locator(".message", has_text="Shared by @Mina: SuperGPQA")
    await expect(shared.get_by_role("button", name="Discuss")).to_be_visible()
    await card.get_by_role("button", name="Discuss").tap()
    await expect(tab.locator(".message").last).to_contain_text("Posted in the thread: SuperGPQA")
    scrolls = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert not await tab.evaluate(scrolls)


async def test_a_message_s_papers_are_found_saved_and_cited_with_the_keyboard_only(
    demo: Demo, open_tab: OpenTab
) -> None:
    said = demo.scene.admin.say("See https://arxiv.org/abs/2502.14739", demo.scene.papers)
    tab = await open_tab(demo.page.url)
    message = tab.locator(f"#message-{said.id}")
    await message.get_by_role("button", name="More for this message").focus()
    await tab.keyboard.press("Enter")
    await expect(tab.get_by_role("menuitem", name="Find papers")).to_be_focused()
    await tab.keyboard.press("Enter")
    card = tab.locator(".message.ephemeral", has_text="arXiv 2502.14739")
    await expect(card).to_contain_text("used Find papers")
    await card.get_by_role("button", name="Save").focus()
    await tab.keyboard.press("Enter")
    await expect(tab.locator(".message").last).to_contain_text("Saved: SuperGPQA")
    await tab.locator("#message-box").focus()
    await tab.keyboard.type("/saved")
    await tab.keyboard.press("Enter")
    await tab.keyboard.press("Enter")
    page = tab.locator(".message").last
    await expect(page.locator(".embed-title")).to_have_text("Saved papers · 1")
    await page.get_by_role("button", name="BibTeX").focus()
    await tab.keyboard.press("Enter")
    answer = tab.locator(".message").last
    await expect(answer).to_contain_text("Your saved paper as BibTeX")
    file = answer.get_by_role("link", name="saved-papers.bib")
    await expect(file).to_have_attribute("href", re.compile(r"^/files/\d+/saved-papers\.bib$"))


async def test_a_pasted_command_is_sent_unchanged(demo: Demo, open_tab: OpenTab) -> None:
    tab = await open_tab(demo.page.url)
    await tab.get_by_role("textbox", name="Message #papers").fill("/top period:week count:3")
    await expect(tab.get_by_role("combobox", name="period")).to_have_value("week")
    await tab.keyboard.press("Enter")
    await expect(tab.locator(".message").last).to_contain_text("Top 3 of the")


async def test_buttons_turn_the_pages_of_top(demo: Demo, open_tab: OpenTab) -> None:
    tab = await open_tab(demo.page.url)
    await tab.get_by_role("textbox", name="Message #papers").fill("/top count:25")
    await tab.keyboard.press("Enter")
    answer = tab.locator(".message").last
    await expect(answer.locator(".embed-footer")).to_contain_text("Page 1 of 3")
    await expect(answer.get_by_role("button", name="Previous", exact=True)).to_be_disabled()
    following = answer.get_by_role("button", name="Next", exact=True)
    await following.focus()
    for page in (2, 3):
        await tab.keyboard.press("Enter")
        await expect(answer.locator(".embed-footer")).to_contain_text(f"Page {page} of 3")
    # The focus stays on the button, or moves to its neighbour once the button is disabled.
    await expect(following).to_be_disabled()
    await expect(answer.get_by_role("button", name="Previous", exact=True)).to_be_focused()


async def test_only_an_administrator_can_add_a_schedule(demo: Demo, open_tab: OpenTab) -> None:
    tab = await open_tab(demo.page.url)
    await switch_person(tab, "Bo")
    box = tab.locator("#message-box")
    await box.fill("/schedule")
    await expect(tab.get_by_text("There is no such command here.")).to_be_visible()
    # A server's settings can still show the command: then the bot itself refuses.
    await tab.locator(".you").click()
    await tab.get_by_role("switch", name="Also show commands").check()
    await tab.keyboard.press("Escape")
    await box.fill("/schedule add channel:random")
    await tab.keyboard.press("Enter")
    answer = tab.locator(".message").last
    await expect(answer).to_contain_text("Manage Server")
    await expect(answer).to_contain_text("Only you can see this")
    await switch_person(tab, "Mina")
    await expect(tab.get_by_text("Manage Server")).to_have_count(0)
    await box.fill("/schedule add ")
    channel = tab.get_by_role("combobox", name="channel")
    await expect(channel).to_be_focused()
    await tab.keyboard.type("rand")
    await tab.keyboard.press("Enter")
    await expect(channel).to_have_value("random")
    await tab.keyboard.press("Enter")
    await expect(tab.locator(".message").last).to_contain_text("#random gets the top 5 papers")


async def test_a_missing_required_option_is_requested(demo: Demo, open_tab: OpenTab) -> None:
    tab = await open_tab(demo.page.url)
    await tab.get_by_role("textbox", name="Message #papers").fill("/paper ")
    query = tab.get_by_role("combobox", name="query")
    await expect(query).to_be_focused()
    # Enter would take the first suggestion.
    await tab.get_by_role("button", name="Send").click()
    await expect(tab.get_by_role("alert").first).to_have_text(
        "query: This option is required. Please specify a value."
    )
    await expect(query).to_be_focused()
    await expect(query).to_have_attribute("aria-invalid", "true")


async def test_page_commands_and_answers_can_be_korean(demo: Demo, open_tab: OpenTab) -> None:
    tab = await open_tab(demo.page.url)
    await tab.locator(".you").click()
    await tab.get_by_role("radio", name="한국어").check()
    await expect(tab.get_by_role("heading", name="사용자와 설정")).to_be_visible()
    await tab.keyboard.press("Escape")
    assert await tab.locator("html").get_attribute("lang") == "ko"
    await tab.get_by_role("textbox", name="#papers에 메시지 보내기").fill("/순위 논문수:3")
    await tab.keyboard.press("Enter")
    answer = tab.locator(".message").last
    await expect(answer).to_contain_text("3편")
    await expect(answer).to_contain_text("Mina 님이 /순위 사용")
    await tab.locator("header").get_by_role("button", name="다음 날 아침").click()
    await expect(tab.locator(".clock-time")).to_contain_text("오전 8:00")


async def test_a_person_in_no_server_can_only_message_the_bot(
    demo: Demo, open_tab: OpenTab
) -> None:
    tab = await open_tab(demo.page.url)
    await switch_person(tab, "Ari")
    await expect(tab.get_by_role("heading", name="Direct messages")).to_be_visible()
    await tab.get_by_role("textbox", name="Message @Daily Papers").fill("/paper 2502.14499")
    await tab.keyboard.press("Enter")
    await expect(tab.locator(".embed-title")).to_contain_text("MLGym")


async def test_the_page_is_readable_and_usable_on_a_phone(demo: Demo, open_tab: OpenTab) -> None:
    tab = await open_tab(demo.page.url, **PHONE)
    side = tab.locator("#sidebar")
    await expect(side).not_to_be_visible()
    await tab.get_by_role("button", name="Next morning").first.tap()
    await expect(tab.locator(".embed")).to_have_count(2)
    widths = "[document.documentElement.scrollWidth, document.querySelector('.log').scrollWidth]"
    assert max(await tab.evaluate(widths)) <= PHONE_WIDTH
    await tab.get_by_role("button", name="Show servers and channels").tap()
    await expect(side).to_be_visible()
    await side.get_by_role("button", name="random").tap()
    await expect(side).not_to_be_visible()
    await tab.get_by_role("textbox", name="Message #random").fill("/top count:1")
    await tab.get_by_role("button", name="Send").tap()
    await expect(tab.locator(".embed-title")).to_contain_text("Top paper")
    # A command without options, written whole, is a command, too.
    await tab.get_by_role("textbox", name="Message #random").fill("/schedule list")
    await tab.get_by_role("button", name="Send").tap()
    await expect(tab.locator(".message").last).to_contain_text("Mina used /schedule list")


async def test_the_panel_shows_what_the_bot_sent(demo: Demo, open_tab: OpenTab) -> None:
    tab = await open_tab(demo.page.url)
    await tab.get_by_role("button", name="Show what the bot sent").click()
    panel = tab.get_by_role("complementary", name="What the bot sent")
    sent = panel.locator("li", has_text="/commands")
    await sent.locator("summary").click()
    await expect(sent.locator("pre").first).to_contain_text('"name": "paper"')
    await panel.get_by_role("button", name="Refused").click()
    await expect(panel).to_contain_text("Nothing was refused.")


CONTRAST = """(selectors) => {
  const channels = (text) => text.match(/[\\d.]+/g).map(Number);
  const over = ([r, g, b, a = 1], under) =>
    [r, g, b].map((each, i) => each * a + under[i] * (1 - a));
  const linear = (c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
  const light = (rgb) => {
    const [r, g, b] = rgb.map((each) => linear(each / 255));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (node) => node
    ? over(channels(getComputedStyle(node).backgroundColor), behind(node.parentElement))
    : [255, 255, 255];
  return Object.fromEntries(selectors.map((selector) => {
    const node = document.querySelector(selector);
    const under = behind(node);
    const [one, other] = [light(over(channels(getComputedStyle(node).color), under)), light(under)];
    return [selector, (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05)];
  }));
}"""
TEXTS = (
    *(".channel", ".channel.current", ".you small", ".clock-face", ".act", ".badge", ".day span"),
    ".tip",
    *(".head time", ".app-sign", ".content", ".content .mention", ".used", ".only-you"),
    *(".embed-title", ".embed-description a", ".embed-footer", ".button.secondary", ".intro p"),
)


async def test_texts_have_enough_contrast(demo: Demo, open_tab: OpenTab) -> None:
    tab = await open_tab(demo.page.url)
    await tab.get_by_role("textbox", name="Message #papers").fill("/top count:25")
    await tab.keyboard.press("Enter")
    await expect(tab.locator(".embed")).to_have_count(1)
    missing = "(all) => all.filter((each) => !document.querySelector(each))"
    for theme in ("dark", "light"):
        await tab.locator(".you").click()
        await tab.get_by_role("radio", name=theme.title()).check()
        await tab.keyboard.press("Escape")
        assert await tab.locator("html").get_attribute("data-theme") == theme
        assert await tab.evaluate(missing, list(TEXTS)) == []
        contrasts = await tab.evaluate(CONTRAST, list(TEXTS))
        # WCAG 2.2, level AA: https://www.w3.org/TR/WCAG22/#contrast-minimum
        low = {text: round(each, 2) for text, each in contrasts.items() if each < 4.5}
        assert low == {}, theme


async def test_a_page_opened_later_shows_earlier_messages(demo: Demo, open_tab: OpenTab) -> None:
    with demo.scene.sandbox.subscribe() as events:
        await begin_next_morning(demo.app)
        await events.next("MESSAGE_CREATE")
    tab = await open_tab(demo.page.url)
    await expect(tab.locator(".embed")).to_have_count(2)
