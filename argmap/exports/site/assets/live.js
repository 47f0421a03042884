// While the site is served from the corpus: shows findings in place, and the page anew when it changed.
"use strict";
(() => {
  const root = document.body.dataset.root;
  const page = document.body.dataset.page;
  const bar = document.createElement("details");
  bar.className = "alarm";
  bar.hidden = true;
  document.body.prepend(bar);
  let version = null;

  const describe = (finding) => {
    const item = document.createElement("li");
    const where = finding.line ? `${finding.path}:${finding.line}:${finding.column}` : finding.path;
    const head = document.createElement("p");
    const place = document.createElement("code");
    place.textContent = where;
    head.append(place, ` ${finding.severity}: ${finding.message} [${finding.code}]`);
    item.append(head);
    if (finding.remedy) {
      const remedy = document.createElement("p");
      remedy.className = "remedy";
      remedy.textContent = finding.remedy;
      item.append(remedy);
    }
    return item;
  };
  const list = (findings) => {
    const items = document.createElement("ul");
    items.className = "plain";
    items.append(...findings.map(describe));
    return items;
  };
  const show = (news) => {
    const summary = document.createElement("summary");
    summary.textContent = news.stale ? `${news.told}. This is how the site was before.` : news.told;
    bar.className = news.stale ? "alarm" : "alarm fair";
    bar.hidden = !news.findings.some((finding) => finding.severity !== "note");
    bar.replaceChildren(summary, list(news.findings));
    const here = news.findings.filter((finding) => finding.pages.includes(page));
    for (const box of document.querySelectorAll("[data-findings]")) {
      box.hidden = !here.length;
      box.replaceChildren(...(here.length ? [list(here)] : []));
    }
  };
  const ask = async () => {
    try {
      if (!document.hidden) {
        const answer = await fetch(`${root}_live.json?${version ?? ""}`, { cache: "no-store" });
        const news = await answer.json();
        if (version !== null && news.version !== version && !news.stale) { location.reload(); return; }
        if (news.version !== version || news.stale) show(news);
        version = news.version;
      }
    } catch {
      bar.hidden = false;
      const summary = document.createElement("summary");
      summary.textContent = "The server has gone: this page no longer follows the corpus.";
      bar.replaceChildren(summary);
    }
    setTimeout(ask, 1000);
  };
  ask();
})();
