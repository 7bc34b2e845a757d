"use strict";
/* What makes the desk quicker: keys, saving in place, adding a claim by selecting words. Every page works without. */
(() => {
  const STATUSES = ["open", "usable", "correct", "soften", "cut"];
  const PLACED = "form[data-place]"; // forms that are saved without leaving the page
  const live = document.getElementById("live");
  const say = (words) => {
    live.textContent = "";
    setTimeout(() => { live.textContent = words; }, 40); // the same words again are said again
  };

  /* ---- What is not saved yet ---- */

  const fields = (form) => [...form.elements].filter((each) => each.name && !["hidden", "submit"].includes(each.type));
  const touched = (field) => {
    if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
    return field.value !== field.defaultValue;
  };
  const unsaved = (form) => fields(form).some(touched);
  const tell = (form) => {
    const shown = form.querySelector(".unsaved");
    if (shown) shown.hidden = !unsaved(form);
  };
  document.addEventListener("input", ({ target }) => {
    if (target.form?.matches(PLACED)) tell(target.form);
  });
  let leaving = false;
  addEventListener("beforeunload", (event) => {
    if (!leaving && [...document.querySelectorAll(PLACED)].some(unsaved)) event.preventDefault();
  });

  /* ---- Claims: which is at hand, and going from one to the next ---- */

  const article = document.getElementById("article");
  const claims = () => [...document.querySelectorAll(".brief:not([hidden])")].filter((each) => !each.closest("details:not([open])"));
  let at = "";
  const current = () => document.getElementById(at);

  const light = (id) => {
    at = id;
    for (const each of document.querySelectorAll(".brief")) each.classList.toggle("on", each.id === id);
    let first = null;
    for (const mark of document.querySelectorAll("#article .mark")) {
      const on = mark.hash === `#${id}`;
      mark.classList.toggle("on", on);
      if (on && !first && !mark.classList.contains("also")) first = mark;
    }
    return first;
  };
  const intoView = (mark) => {
    if (!mark || article.scrollHeight <= article.clientHeight) return;
    const box = mark.getBoundingClientRect();
    const pane = article.getBoundingClientRect();
    if (box.top < pane.top + 24 || box.bottom > pane.bottom - 24) article.scrollTop += box.top - pane.top - pane.height / 3;
  };
  const go = (claim) => {
    if (!claim) return;
    const folded = claim.closest("details");
    if (folded) folded.open = true;
    intoView(light(claim.id));
    history.replaceState(null, "", `#${claim.id}`);
    claim.scrollIntoView({ block: "start" });
    claim.focus({ preventScroll: true });
  };
  const step = (by) => {
    const all = claims();
    if (all.length) {
      const place = all.findIndex((each) => each.id === at);
      const beyond = place >= 0 && !all[place + by] && document.querySelector(`[data-step="${by}"]`);
      if (beyond) beyond.click();
      else go(all[Math.max(0, Math.min(all.length - 1, place + by))]);
      return;
    }
    const rows = [...document.querySelectorAll("[data-row]")];
    const place = rows.indexOf(document.activeElement) + by;
    rows[Math.max(0, Math.min(rows.length - 1, place))]?.focus();
  };
  const fromAddress = () => {
    const named = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (named?.matches(".brief")) go(named);
  };
  document.addEventListener("focusin", ({ target }) => {
    const claim = target.closest?.(".brief");
    if (claim && claim.id !== at) intoView(light(claim.id));
  });

  /* ---- Saving in place ---- */

  const complain = (form, words, name) => {
    for (const each of form.querySelectorAll("[aria-invalid]")) each.removeAttribute("aria-invalid");
    const shown = form.querySelector(".trouble");
    if (shown) {
      shown.textContent = words;
      shown.hidden = !words;
    }
    if (!words) return;
    say(words);
    const field = fields(form).find((each) => each.name === name);
    if (!field) return;
    const folded = field.closest("details");
    if (folded) folded.open = true;
    field.setAttribute("aria-invalid", "true");
    field.focus();
  };

  /* What was typed into other forms of the claim, by form and name, to be put into the new ones. */
  const typed = (claim, sent) => [...claim.querySelectorAll(PLACED)]
    .filter((form) => form !== sent)
    .flatMap((form) => fields(form).filter(touched).map((field) => ({ form: form.dataset.place, field })));
  const retype = (claim, words) => {
    for (const { form, field } of words) {
      const now = claim.querySelector(`form[data-place="${CSS.escape(form)}"]`);
      const same = now && fields(now).find((each) => each.name === field.name && (field.type !== "radio" || each.value === field.value));
      if (!same) continue;
      if (field.type === "checkbox" || field.type === "radio") same.checked = field.checked;
      else same.value = field.value;
      tell(now);
    }
  };

  const parsed = (html) => new DOMParser().parseFromString(html, "text/html");
  const clean = (except) => ![...document.querySelectorAll(PLACED)].some((form) => form !== except && unsaved(form));
  const open = (address, sent) => {
    leaving = clean(sent);
    history.replaceState(null, "", address); // a step to the same address would load nothing
    location.reload();
  };

  /* Show what the server now says of one claim; everything else on the page stays as it is, with what is typed there. */
  const renew = (said, sent) => {
    const old = document.getElementById(said.brief);
    const now = parsed(said.html).querySelector(".brief");
    if (!old || !now || said.dismissed !== Boolean(old.closest(".dismissed-list"))) {
      open(`${location.pathname}?claim=${encodeURIComponent(said.brief)}#${encodeURIComponent(said.brief)}`, sent);
      return;
    }
    const active = document.activeElement;
    const held = old.contains(active) && { name: active.name, value: active.value, tag: active.tagName, place: active.form?.dataset.place };
    const words = typed(old, sent);
    const folds = [...old.querySelectorAll("details")].map((each) => each.open);
    old.replaceWith(document.adoptNode(now));
    [...now.querySelectorAll("details")].forEach((each, index) => { each.open ||= folds[index]; });
    retype(now, words);
    for (const mark of document.querySelectorAll("#article .mark")) {
      if (decodeURIComponent(mark.hash.slice(1)) !== said.brief) continue;
      mark.classList.remove(...STATUSES);
      mark.classList.add(said.status);
      mark.classList.toggle("again", now.querySelector(".changed") !== null);
      const word = mark.querySelector(".word");
      if (word) word.textContent = now.querySelector(".status").textContent;
    }
    for (const [value, number] of Object.entries(said.counts)) {
      for (const each of document.querySelectorAll(`[data-count="${CSS.escape(value)}"]`)) each.textContent = number;
    }
    light(said.brief);
    if (!held) return;
    const form = held.place && now.querySelector(`form[data-place="${CSS.escape(held.place)}"]`);
    const same = form && [...form.elements].find((each) => each.name === held.name && (held.tag !== "BUTTON" || each.value === held.value));
    (same ?? now).focus({ preventScroll: true });
  };

  /* A question of the call sheet was answered: its form is up to date again. */
  const settle = (said, form) => {
    form.elements.seen.value = said.errand.seen;
    const ticked = Number(said.errand.done) - Number(form.elements.done.defaultChecked);
    for (const each of document.querySelectorAll("[data-count]")) {
      each.textContent = Number(each.textContent) + (each.dataset.count === "done" ? ticked : -ticked);
    }
    form.elements.done.defaultChecked = form.elements.done.checked = said.errand.done;
    form.elements.answer.defaultValue = form.elements.answer.value = said.errand.answer;
    form.closest("li").className = said.errand.done ? "done" : "asked";
    form.querySelector(".ticked").textContent = said.errand.who ? `Ticked off by ${said.errand.who}.` : "";
    tell(form);
  };

  const bothVersions = (form, html) => {
    const place = form.querySelector(".both");
    const shown = parsed(html).querySelector(".versions");
    place.replaceChildren(...(shown ? [document.adoptNode(shown)] : []));
    place.hidden = !shown;
  };

  /* A name is typed once: the other forms of the page know it from now on. */
  const introduced = (form) => {
    const who = form.elements.who?.value;
    if (who) for (const each of document.querySelectorAll('[name="who"]')) each.value = each.defaultValue = who;
  };

  const saving = new WeakSet();
  const save = async (form, button) => {
    if (saving.has(form)) return;
    saving.add(form);
    form.setAttribute("aria-busy", "true");
    try {
      const body = new URLSearchParams(new FormData(form, button));
      const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" }, credentials: "same-origin" });
      const said = await answer.json();
      if (answer.status === 409) {
        // The next try is a decision made with both versions in view.
        if (said.revision !== undefined && form.elements.revision) form.elements.revision.value = said.revision;
        if (said.errand) form.elements.seen.value = said.errand.seen;
        if (said.html) bothVersions(form, said.html);
        complain(form, said.message);
      } else if (!answer.ok) {
        complain(form, said.message, said.field);
      } else if (form === adding) {
        open(`${location.pathname}?claim=${encodeURIComponent(said.brief)}#${encodeURIComponent(said.brief)}`, form);
      } else {
        complain(form, "");
        introduced(form);
        if (said.errand) settle(said, form);
        else renew(said, form);
        say(said.message);
      }
    } catch {
      complain(form, "Not saved: the desk did not answer. What you wrote is still here; try again.");
    } finally {
      saving.delete(form);
      form.removeAttribute("aria-busy");
    }
  };
  document.addEventListener("submit", (event) => {
    if (!event.target.matches(PLACED)) {
      leaving = event.target.method === "post";
      return;
    }
    event.preventDefault();
    save(event.target, event.submitter);
  });
  document.addEventListener("change", ({ target }) => {
    if (target.matches("[data-at-once]")) target.form.requestSubmit();
  });

  /* ---- Adding a claim by selecting its words ---- */

  const adding = document.getElementById("adding");
  const points = (words) => [...words].length; // code points, where a string counts UTF-16
  const block = (node) => node.parentElement.closest("#article > *");
  /* First and last place of a selection, by the pieces of text in it; none of it may lie outside the article. */
  const selected = () => {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    if (!article.contains(range.commonAncestorContainer)) return null;
    const pieces = document.createTreeWalker(article, NodeFilter.SHOW_TEXT, (node) =>
      range.intersectsNode(node) && node.parentElement.closest("[data-at]") ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_REJECT);
    const found = { start: null, end: null, words: "", blocks: new Set() };
    for (let node = pieces.nextNode(); node; node = pieces.nextNode()) {
      const from = node === range.startContainer ? range.startOffset : 0;
      const to = node === range.endContainer ? range.endOffset : node.length;
      if (from >= to) continue;
      const at = Number(node.parentElement.closest("[data-at]").dataset.at);
      found.start ??= at + points(node.data.slice(0, from));
      found.end = at + points(node.data.slice(0, to));
      found.words += (found.blocks.size && !found.blocks.has(block(node)) ? " " : "") + node.data.slice(from, to);
      found.blocks.add(block(node));
    }
    return found.words.trim() ? found : null;
  };
  const offer = () => {
    if (!adding || adding.contains(document.activeElement)) return;
    const found = selected();
    adding.hidden = !found;
    if (!found) return;
    adding.elements.start.value = found.start;
    adding.elements.end.value = found.end;
    // What is between two paragraphs is not on the page: the server goes by the places alone.
    adding.elements.text.disabled = found.blocks.size > 1;
    adding.elements.text.value = found.words;
    adding.querySelector("q").textContent = found.words.length > 300 ? `${found.words.slice(0, 300)} …` : found.words;
  };
  if (adding) document.addEventListener("selectionchange", offer);

  /* ---- Keys ---- */

  const keys = document.getElementById("keys");
  const status = (key) => {
    const button = current()?.querySelector(`[name="status"][data-key="${key}"]`);
    if (button) button.form.requestSubmit(button);
  };
  const note = () => {
    const field = current()?.querySelector('[name="note"]');
    if (!field) return;
    const folded = field.closest("details");
    if (folded) folded.open = true;
    field.focus();
  };
  const escape = () => {
    if (adding && !adding.hidden) {
      getSelection().removeAllRanges();
      adding.hidden = true;
    }
    const claim = document.activeElement.closest(".brief");
    if (claim) claim.focus({ preventScroll: true });
    else document.activeElement.blur();
  };
  const pressed = {
    j: () => step(1),
    k: () => step(-1),
    n: note,
    a: () => { if (adding && !adding.hidden) adding.querySelector("button").focus(); },
    "/": () => document.getElementById("q").focus(),
    "?": () => { if (!keys.open) keys.showModal(); },
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || keys.open) return;
    if (event.key === "Escape") {
      escape();
      return;
    }
    const typing = event.target.matches("textarea, select, input:not([type=checkbox], [type=radio])");
    if (typing) return;
    if (/^[1-5]$/.test(event.key)) status(event.key);
    else if (pressed[event.key]) pressed[event.key]();
    else return;
    event.preventDefault();
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.mark, a.to");
    const claim = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (link?.matches(".mark") && !getSelection().isCollapsed) event.preventDefault();
    else if (claim && !claim.hidden && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      go(claim);
    }
    if (event.target.closest("[data-close]")) keys.close();
  });

  addEventListener("hashchange", fromAddress);
  for (const each of document.querySelectorAll("[data-with-script]")) each.hidden = false;
  for (const each of document.querySelectorAll("[data-without-script]")) each.hidden = true;
  fromAddress();
})();
