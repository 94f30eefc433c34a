// Streamlit's own words, put into the language of the visit: labels that a screen reader tells, and the sentences that
// stand there when the server is gone, or a number is too large.  And what Streamlit cannot say: which of many buttons.
const LABELS = ["aria-label", "title", "placeholder"];
const TEXTS = 'a[href="#stMain"], [role="dialog"] h2, [role="dialog"] div, [id$="-validation-error"]';
const WHOLE = '[data-testid="stTooltipErrorContent"] p';  // the same sentence, its first word in bold

export default function (component) {
  const { parentElement: root, data: [data] } = component;
  document.documentElement.lang = data.language;
  root.formCoachWords = data.words;
  const rename = () => { renamed(Object.entries(root.formCoachWords)); tellApart(); };
  if (!root.formCoachWatch) {
    root.formCoachWatch = new MutationObserver(rename);
    root.formCoachWatch.observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: LABELS });
  }
  rename();
  return () => { root.formCoachWatch?.disconnect(); root.formCoachWatch = null; };
}

function renamed(words) {
  const ours = text => {
    const mine = words.find(([theirs, mine]) => text !== mine && text?.trim().startsWith(theirs))?.[1];
    const numbers = text.match(/-?\d+/g) ?? [];
    return mine?.replace(/\{\w+\}/g, () => numbers.shift() ?? "");
  };
  const label = text => {
    const begins = theirs => theirs.endsWith(" ") && text.startsWith(theirs);  // what follows is the page's own
    const [theirs, mine] = words.find(([theirs]) => theirs === text || begins(theirs)) ?? [];
    const whole = mine?.replace("{what}", () => text.slice(theirs.length));
    return whole !== text && whole;
  };
  for (const name of LABELS) {
    for (const one of document.querySelectorAll(`[${name}]`)) {
      const mine = label(one.getAttribute(name));
      if (mine) one.setAttribute(name, mine);
    }
  }
  for (const one of document.querySelectorAll(TEXTS)) {
    const mine = one.childElementCount === 0 && ours(one.textContent);
    if (mine) one.firstChild.nodeValue = mine;  // the node itself stays: it belongs to another script
  }
  for (const one of document.querySelectorAll(WHOLE)) {
    const mine = ours(one.textContent), walker = document.createTreeWalker(one, NodeFilter.SHOW_TEXT);
    for (let node = mine && walker.nextNode(), told = mine; node; node = walker.nextNode(), told = "") node.nodeValue = told;
  }
}

// The buttons of the cards all read the same: who does not see the card is told its heading too.
function tellApart() {
  for (const card of document.querySelectorAll('[class*="st-key-card-"]')) {
    const heading = card.querySelector("h3"), button = card.querySelector(".stButton button");
    const whole = heading && button && `${button.textContent}: ${heading.textContent}`;
    if (whole && button.getAttribute("aria-label") !== whole) button.setAttribute("aria-label", whole);
  }
}
