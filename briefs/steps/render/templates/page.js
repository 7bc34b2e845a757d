"use strict";
(() => {
  const briefs = [...document.querySelectorAll(".brief")];
  const marks = [...document.querySelectorAll(".mark")];
  const article = document.getElementById("article");
  const byId = new Map(briefs.map((brief, index) => [brief.id, index]));
  let current = -1;

  const showInArticle = (mark) => {
    if (!mark || article.scrollHeight <= article.clientHeight) return;
    const box = mark.getBoundingClientRect();
    const pane = article.getBoundingClientRect();
    if (box.top < pane.top + 24 || box.bottom > pane.bottom - 24) {
      article.scrollTop += box.top - pane.top - pane.height / 3;
    }
  };

  const select = (index) => {
    if (index === current || !briefs[index]) return;
    current = index;
    const brief = briefs[index];
    const from = Number(brief.dataset.from);
    const to = Number(brief.dataset.to);
    let first = null;
    briefs.forEach((each, place) => each.classList.toggle("on", place === index));
    for (const mark of marks) {
      const at = Number(mark.dataset.at);
      const inside = at >= from && at < to;
      mark.classList.toggle("on", inside || mark.hash === "#" + brief.id);
      if (inside && !first) first = mark;
    }
    showInArticle(first);
  };

  const go = (index) => {
    const brief = briefs[Math.max(0, Math.min(index, briefs.length - 1))];
    if (!brief) return;
    select(byId.get(brief.id));
    history.replaceState(null, "", "#" + brief.id);
    brief.scrollIntoView({ block: "start" });
    brief.focus({ preventScroll: true });
  };

  const fromAddress = () => {
    const index = byId.get(location.hash.slice(1));
    if (index !== undefined) select(index);
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "j") go(current + 1);
    else if (event.key === "k") go(current - 1);
    else return;
    event.preventDefault();
  });
  document.addEventListener("click", (event) => {
    const mark = event.target.closest(".mark");
    if (!mark) return;
    event.preventDefault();
    go(byId.get(mark.hash.slice(1)));
  });
  window.addEventListener("hashchange", fromAddress);
  for (const hint of document.querySelectorAll(".keys")) hint.hidden = false;
  fromAddress();
})();
