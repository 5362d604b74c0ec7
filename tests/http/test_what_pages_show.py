"""What every register's pages show alike: numbers one can dial, findings that fold, a first version without a former one."""
import html
import re

from town import BASE, api, claire, made, town  # noqa: F401

PHONE = "+33536489191"
IN_PAIRS = "+33\u00a05\u00a036\u00a048\u00a091\u00a091"


def crumbs_of(page):
    trail = re.search(r'<nav class="g-crumbs".*?</nav>', page.text, re.S)
    return [html.unescape(re.sub("<[^>]+>", "", one)) for one in re.findall("<li>(.*?)</li>", trail[0], re.S)]


def test_a_telephone_is_read_in_pairs_and_dialled(api, claire):
    role = made(api, "responsibilities", role="Assureur", kind="other", holder={"name": "Mutuelle", "phone": PHONE, "email": "sinistres@mutuelle.example"}, escalation=1)
    for address in (f"/o/ville/responsibilities/{role}", "/o/ville/responsibilities/contacts"):
        page = claire.get(address)
        assert page.status_code == 200
        assert f'<a href="tel:{PHONE}">{IN_PAIRS}</a>' in page.text, address
        assert '<a href="mailto:sinistres@mutuelle.example">' in page.text, address
    assert IN_PAIRS in claire.get(f"/o/ville/responsibilities/{role}/history").text
    kept = api.get(f"{BASE}/responsibilities/{role}").json()
    assert kept["holder"]["phone"] == PHONE, "what is stored and exchanged stays as it was written"


def test_a_first_version_has_no_column_of_what_was_before(api, claire):
    role = made(api, "responsibilities", role="Astreinte", kind="other")
    history = claire.get(f"/o/ville/responsibilities/{role}/history").text
    assert ">Avant</th>" not in history and "sans réponse" not in history
    answer = api.patch(f"{BASE}/responsibilities/{role}", {"role": "Astreinte de nuit"}, headers={"If-Match": "*"})
    assert answer.status_code == 200, answer.text
    history = claire.get(f"/o/ville/responsibilities/{role}/history").text
    assert ">Avant</th>" in history and "<del>Astreinte</del>" in history and "<ins>Astreinte de nuit</ins>" in history


def test_pages_of_a_record_say_its_chapter_its_register_and_its_name(api, claire):
    role = made(api, "responsibilities", role="Présidence", kind="other")
    reference = api.get(f"{BASE}/responsibilities/{role}").json()["reference"]
    assert crumbs_of(claire.get(f"/o/ville/responsibilities/{role}")) == ["Gouvernance", "Responsabilités"]
    assert crumbs_of(claire.get(f"/o/ville/responsibilities/{role}/edit")) == ["Gouvernance", "Responsabilités", f"{reference} Présidence"]
    assert crumbs_of(claire.get("/o/ville/responsibilities/matrix")) == ["Gouvernance", "Responsabilités"]


def test_findings_are_a_line_a_rule_until_unfolded(api, claire):
    for number in range(8):
        made(api, "processings", name=f"Traitement {number}")
    page = claire.get("/o/ville/findings").text
    folds = re.findall(r'<details class="g-panel g-panel--fold"([^>]*)>.*?</details>', page, re.S)
    assert len(folds) > 3 and any(" open" not in one for one in folds)
    for tags, inside in re.findall(r'<details class="g-panel g-panel--fold"([^>]*)>(.*?)</details>', page, re.S):
        assert (" open" in tags) == ("Bloquant" in inside), "what blocks is shown at once"
    unfolded = claire.get("/o/ville/findings?open=1").text
    assert all(" open" in one for one in re.findall(r'<details class="g-panel g-panel--fold"([^>]*)>', unfolded))
    assert "Tout replier" in unfolded


def test_lines_to_sign_by_hand_have_no_empty_heading(api, claire):
    session = made(api, "trainings", title="Les bons réflexes", kind="session", audiences=["trainees"], attendees=[{"name": "Ana Roux"}])
    sheet = claire.get(f"/o/ville/trainings/{session}/attendance").text
    assert [html.unescape(one).strip() for one in re.findall(r'<th role="rowheader"[^>]*>(.*?)</th>', sheet, re.S)] == ["Ana Roux"]
    assert sheet.count('<td role="cell" data-label="Signature">\u00a0</td>') == 4
