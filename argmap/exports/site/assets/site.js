// Search as you type, copying, and the choice between light and dark.
"use strict";
(() => {
  const root = document.body.dataset.root;
  const byId = (id) => document.getElementById(id);

  // ---- light and dark ----
  const button = document.querySelector(".theme");
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const current = () => document.documentElement.dataset.theme || (dark.matches ? "dark" : "light");
  const nameButton = () => {
    const other = current() === "dark" ? "light" : "dark";
    button.textContent = other === "dark" ? "Dark" : "Light";
    button.setAttribute("aria-label", `Change to ${other} colours`);
  };
  button.hidden = false;
  nameButton();
  dark.addEventListener("change", nameButton);
  button.addEventListener("click", () => {
    document.documentElement.dataset.theme = current() === "dark" ? "light" : "dark";
    try {
      localStorage.setItem("argmap-theme", current());
    } catch {
      // Without storage the choice lasts as long as the page.
    }
    nameButton();
    document.dispatchEvent(new Event("argmap-theme"));
  });

  // ---- copying ----
  const select = (element) => getSelection().selectAllChildren(element);
  window.argmapCopy = async (text, done, element) => {
    try {
      await navigator.clipboard.writeText(text);
      const before = done.textContent;
      done.textContent = "Copied";
      setTimeout(() => { done.textContent = before; }, 1500);
    } catch {
      if (element) select(element);
    }
  };
  for (const each of document.querySelectorAll("[data-copy]")) {
    const element = byId(each.dataset.copy);
    each.hidden = false;
    each.addEventListener("click", () => window.argmapCopy(element.textContent, each, element));
  }

  // ---- search ----
  const MOST = 30;
  const input = byId("find");
  const panel = byId("found");
  const told = byId("found-count");
  const results = byId("results");
  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  // Texts are folded: what is not a to z, a digit or beyond ASCII parts words.
  const isWordStart = (text, at) => {
    const code = at === 0 ? 32 : text.charCodeAt(at - 1);
    return !(code > 127 || (code > 96 && code < 123) || (code > 47 && code < 58));
  };
  let index = null;

  const prepare = () => {
    if (index || !window.argmapIndex) return;
    const { kinds, entries } = window.argmapIndex;
    index = entries.map(([kind, href, words, more, names]) => ({
      kind: kinds[kind], rank: kind, href, words, more,
      head: fold(words), rest: fold(more), names: fold(names),
    }));
  };
  const load = () => new Promise((resolve) => {
    if (index) return resolve();
    const script = document.createElement("script");
    script.src = `${root}assets/index.js`;
    script.onload = () => { prepare(); resolve(); };
    script.onerror = resolve;
    document.head.append(script);
  });

  // Endings that make one word of another: who looks for effectiveness wants what is effective.
  const ENDINGS = /(iveness|fulness|i?ency|i?ently|i?ent|ances?|ant|ations?|ities|ity|ness|ions?|ives?|ings?|isms?|ists?|ally|ies|ed|es|al|ly|s|y|e)$/;
  const cut = (word) => {
    const stem = word.replace(ENDINGS, "");
    return stem.length > 3 && stem !== word ? stem : "";
  };
  const part = (query) => fold(query).split(/\s+/).filter(Boolean).slice(0, 12);
  const beginsIn = (text, stem) => text.startsWith(stem) || text.includes(` ${stem}`);

  // A word that begins one counts more, and more in a heading than below.  Up to `spare` of the
  // words may be missing.  Rarer kinds come first among equals.
  const score = (entry, words, stems, spare) => {
    let sum = 0, missing = 0;
    for (let number = 0; number < words.length; number += 1) {
      const word = words[number], stem = stems[number];
      let at = entry.head.indexOf(word);
      if (at >= 0) {
        sum += isWordStart(entry.head, at) ? 24 : entry.head.includes(` ${word}`) ? 21 : 9;
        if (at === 0) sum += 6;
      } else if (entry.names.includes(word)) {
        sum += 20;
      } else if (stem && (beginsIn(entry.head, stem) || beginsIn(entry.names, stem))) {
        sum += 15;
      } else {
        at = entry.rest.indexOf(word);
        if (at >= 0) {
          sum += isWordStart(entry.rest, at) ? 6 : 3;
        } else if (stem && beginsIn(entry.rest, stem)) {
          sum += 3;
        } else {
          missing += 1;
          if (missing > spare) return 0;
        }
      }
    }
    return sum - 12 * missing + 2 * (7 - entry.rank);
  };
  // The best come first; beyond those that are shown the order does not matter, so that shelves by
  // points do instead of sorting, which takes longer than finding.
  const search = (query) => {
    const words = part(query);
    if (!words.length || !index) return [];
    const stems = words.map(cut);
    const hits = match(words, stems);
    if (hits.length) return hits;
    // What is found nowhere may be misspelt at its end.
    const shorter = words.map((word) => (word.length > 5 ? word.slice(0, -2) : word));
    return shorter.some((word, at) => word !== words[at]) ? match(shorter, stems) : [];
  };
  const match = (words, stems) => {
    const shelves = [];
    let found = 0;
    // Where nothing has all the words, what has most of them is better than nothing.
    for (let spare = 0; !found && spare < words.length; spare += 1) {
      for (const entry of index) {
        const points = score(entry, words, stems, spare);
        if (points <= 0) continue;
        (shelves[points] ||= []).push(entry);
        found += 1;
      }
    }
    const hits = [];
    for (let points = shelves.length - 1; points > 0; points -= 1) {
      if (shelves[points]) for (const entry of shelves[points]) hits.push(entry);
    }
    return hits;
  };
  window.argmapSearch = async (query) => { await load(); return search(query); };

  // Marks the words looked for; folding may change the length of a text, then nothing is marked.
  const show = (text, words) => {
    const span = document.createElement("span");
    const folded = fold(text);
    if (folded.length !== text.length) { span.textContent = text; return span; }
    let at = 0;
    while (at < text.length) {
      let next = -1, long = 0;
      for (const word of words) {
        const found = folded.indexOf(word, at);
        if (found >= 0 && (next < 0 || found < next)) { next = found; long = word.length; }
      }
      if (next < 0) break;
      span.append(text.slice(at, next));
      const mark = document.createElement("mark");
      mark.textContent = text.slice(next, next + long);
      span.append(mark);
      at = next + long;
    }
    span.append(text.slice(at));
    return span;
  };
  const list = (hits, query, most) => {
    const words = part(query).flatMap((word) => [word, cut(word)]).filter(Boolean);
    const items = document.createElement("ul");
    items.className = "hits";
    for (const hit of hits.slice(0, most)) {
      const link = document.createElement("a");
      link.href = root + hit.href;
      const head = show(hit.words, words);
      head.className = "words";
      const fine = show(`${hit.kind}${hit.more ? ` · ${hit.more}` : ""}`, words);
      fine.className = "fine";
      link.append(head, fine);
      const item = document.createElement("li");
      item.append(link);
      items.append(item);
    }
    return items;
  };
  const tell = (hits, most) =>
    !hits.length ? "Nothing found." :
    hits.length > most ? `${hits.length} found, the first ${most} shown.` :
    `${hits.length} found.`;

  const update = () => {
    const query = input.value.trim();
    if (!query) {
      panel.hidden = true;
      panel.replaceChildren();
      told.textContent = "";
      if (results) results.replaceChildren();
      return;
    }
    const hits = search(query);
    told.textContent = tell(hits, results ? 300 : MOST);
    const line = document.createElement("p");
    line.className = "fine";
    line.textContent = told.textContent;
    if (results) {
      results.replaceChildren(line, list(hits, query, 300));
    } else {
      panel.replaceChildren(list(hits, query, MOST), line);
      panel.hidden = false;
    }
  };
  const refresh = async () => { await load(); update(); };
  input.addEventListener("focus", load);
  input.addEventListener("input", refresh);
  input.form.addEventListener("submit", (event) => {
    event.preventDefault();
    const query = input.value.trim();
    if (results) { history.replaceState(null, "", `#q=${encodeURIComponent(query)}`); refresh(); }
    else location.href = `${root}search.html#q=${encodeURIComponent(query)}`;
  });
  document.addEventListener("keydown", (event) => {
    const typing = /^(input|textarea|select)$/i.test(event.target.tagName);
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      input.focus();
      input.select();
    }
    const box = results || panel;
    const inside = event.target === input || box.contains(event.target);
    if (!inside) return;
    if (event.key === "Escape") { panel.hidden = true; input.focus(); input.select(); }
    // Whoever types on while standing on a result goes on typing.
    const types = event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (types && event.target !== input) input.focus();
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const links = [...box.querySelectorAll(".hits a")];
    if (!links.length) return;
    event.preventDefault();
    const at = links.indexOf(document.activeElement);
    const next = event.key === "ArrowDown" ? at + 1 : at - 1;
    if (next < 0) input.focus(); else links[Math.min(next, links.length - 1)].focus();
  });
  document.addEventListener("click", (event) => {
    if (!event.target.closest(".find")) panel.hidden = true;
  });
  if (results) {
    const read = () => {
      const asked = new URLSearchParams(location.search).get("q");
      const kept = location.hash.startsWith("#q=") ? decodeURIComponent(location.hash.slice(3)) : asked;
      if (kept) { input.value = kept; refresh(); } else input.focus();
    };
    addEventListener("hashchange", read);
    read();
  }
})();
