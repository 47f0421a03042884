// The graph view: vis-network draws; filters, the card beside it, and the link to the view are here.
"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const root = document.body.dataset.root;
  const form = byId("graph-form");
  const stage = byId("graph");
  const card = byId("card");
  const FIELDS = ["view", "topic", "school", "kind", "text", "from", "to"];
  const SHAPES = { claim: "dot", work: "square", actor: "triangle", group: "diamond", relation: "dot" };
  // Told apart without colour: by the end of the line and by how it is broken.
  const LINES = {
    contests: ["bar", [6, 4]], disputes: ["bar", [6, 4]], against: ["bar", [6, 4]],
    disagrees: ["bar", [6, 4]], undercuts: ["circle", [1, 3]], qualifies: ["diamond", false],
  };
  let graphs, view, network, nodes, edges, shown = new Set(), held = null;

  const load = (name) => new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = `${root}assets/${name}`;
    script.onload = resolve;
    script.onerror = () => reject(new Error(name));
    document.head.append(script);
  });
  const colours = () => {
    const of = (element, name) => getComputedStyle(element)[name];
    return { ink: of(document.body, "color"), paper: of(stage, "backgroundColor") };
  };
  const shape = (list) => {
    const [id, label, words, href, colour, size, x, y, node, kind, topics, schools, texts, year] = list;
    return { id, label, words, href, colour, size, x, y, node, kind, topics, schools, texts, year };
  };

  const wrap = (label) => label.replace(/(.{12,24}?) /g, "$1\n");

  // ---- what is chosen, kept in the address ----
  const read = () => new URLSearchParams(location.hash.slice(1));
  const state = () => {
    const chosen = new URLSearchParams();
    for (const name of FIELDS) {
      const value = form.elements[name].value;
      if (value && !(name === "view" && value === "claims")) chosen.set(name, value);
    }
    if (form.elements.analyst.checked) chosen.set("analyst", "1");
    if (held) chosen.set("node", held);
    return chosen;
  };
  const keep = () => {
    const text = state().toString();
    history.replaceState(null, "", text ? `#${text}` : location.pathname + location.search);
  };

  const option = (value, words) => new Option(words, value);
  const fill = () => {
    const { names } = graphs;
    const collect = (field) => [...new Set(view.all.flatMap((node) => node[field]).filter(Boolean))];
    const put = (name, values, words) => {
      const select = form.elements[name];
      const before = select.value;
      select.length = 1;
      values.map((value) => [value, words(value)]).sort((a, b) => a[1].localeCompare(b[1], "en"))
        .forEach(([value, text]) => select.add(option(value, text)));
      select.value = values.includes(before) ? before : "";
    };
    put("topic", collect("topics"), (id) => names.topics[id] || id);
    put("school", collect("schools"), (id) => names.schools[id] || id);
    put("text", collect("texts"), (id) => names.texts[id] || id);
    put("kind", collect("kind"), (id) => (id === "group" ? "camp" : id));
    const layer = form.elements.analyst;
    layer.disabled = !view.edges.some((edge) => edge[4]);
    if (layer.disabled) layer.checked = false;
  };

  const passes = (node) => {
    const value = (name) => form.elements[name].value;
    const has = (name, list) => !value(name) || list.includes(value(name));
    if (!has("topic", node.topics) || !has("school", node.schools) || !has("text", node.texts)) return false;
    if (value("kind") && value("kind") !== node.kind) return false;
    const from = Number(value("from")), to = Number(value("to"));
    if (from && !(node.year >= from)) return false;
    if (to && !(node.year && node.year <= to)) return false;
    return true;
  };

  const draw = () => {
    const { ink, paper } = colours();
    // The same places as in Gephi, wider apart where there is room for labels between few nodes.
    const wide = view.all.length < 80 ? 2.4 : 1;
    const many = view.all.length > 600, few = view.all.length < 80;
    nodes = new vis.DataSet(view.all.map((node) => ({
      id: node.id, label: wrap(node.label), x: node.x * wide, y: node.y * wide, size: node.size,
      shape: SHAPES[node.node] || "dot",
      color: { background: node.colour, border: node.colour,
        highlight: { background: node.colour, border: ink }, hover: { background: node.colour, border: ink } },
    })));
    edges = new vis.DataSet(view.edges.map(([from, to, kind, colour, analyst], id) => {
      const [end, dashes] = LINES[kind] || ["arrow", false];
      return {
        id, from: view.all[from].id, to: view.all[to].id, analyst, kind, dashes,
        color: { color: colour, highlight: colour, hover: colour, opacity: analyst ? 0.6 : 0.85 },
        width: (kind === "qualifies" ? 1 : 2) * (few ? 0.7 : 1),
        arrows: view.directed ? { to: { enabled: true, type: end, scaleFactor: few ? 0.5 : 0.6 } } : "",
      };
    }));
    const seen = (edge) => shown.has(edge.from) && shown.has(edge.to) && (!edge.analyst || form.elements.analyst.checked);
    view.nodes = new vis.DataView(nodes, { filter: (node) => shown.has(node.id) });
    view.lines = new vis.DataView(edges, { filter: seen });
    const options = {
      physics: false, layout: { improvedLayout: false },
      interaction: { hover: true, hideEdgesOnDrag: many, hideEdgesOnZoom: many, multiselect: false },
      nodes: { borderWidth: 1.5, borderWidthSelected: 3, font: { size: few ? 9 : 12, color: ink, strokeWidth: few ? 2 : 3, strokeColor: paper, face: "Inter, system-ui, sans-serif" }, scaling: { label: { drawThreshold: 6 } } },
      edges: { smooth: many ? false : { enabled: true, type: "curvedCW", roundness: 0.12 }, selectionWidth: 1.5, hoverWidth: 1 },
    };
    if (network) network.destroy();
    network = new vis.Network(stage, { nodes: view.nodes, edges: view.lines }, options);
    window.argmapNetwork = network;
    network.on("hoverNode", ({ node }) => { if (!held) tell(node); stage.style.cursor = "pointer"; });
    network.on("blurNode", () => { stage.style.cursor = ""; });
    network.on("click", ({ nodes: [node] }) => { held = node || null; if (node) tell(node); keep(); });
    network.on("doubleClick", ({ nodes: [node] }) => { if (node) location.href = root + view.byId.get(node).href; });
  };

  const apply = (fit = true) => {
    const chosen = view.all.filter(passes);
    shown = new Set(chosen.map((node) => node.id));
    if (!network) draw();
    view.nodes.refresh();
    view.lines.refresh();
    if (fit && chosen.length) {
      // Nodes without a line stand far out: the picture is fitted to those with one.
      const joined = new Set(view.lines.get().flatMap((edge) => [edge.from, edge.to]));
      network.fit({ nodes: joined.size > 2 ? [...joined] : [...shown], animation: false, maxZoomLevel: view.all.length < 80 ? 2 : 1.6 });
    }
    list(chosen);
    keep();
  };

  const link = (node) => {
    const element = document.createElement("a");
    element.href = root + node.href;
    element.textContent = node.words;
    return element;
  };
  const list = (chosen) => {
    const left = view.left ? `, the most contested of ${view.left + view.all.length}` : "";
    byId("graph-count").textContent =
      `${chosen.length} of ${view.all.length} nodes${left}, ${view.lines.length} lines`;
    byId("graph-list").replaceChildren(...chosen.slice(0, 500).map((node) => {
      const item = document.createElement("li");
      item.append(link(node));
      return item;
    }));
  };

  const NAMES = { claim: "Claim", work: "Work", actor: "Actor", group: "Camp", relation: "Step" };
  const tell = (id) => {
    const node = view.byId.get(id);
    if (!node) return;
    const head = document.createElement("h2");
    head.append(link(node));
    const rows = [
      ["", node.node === "claim" ? `${NAMES.claim}, ${node.kind}` : NAMES[node.node] || node.node],
      ["Topic", node.node === "claim" ? node.topics.map((each) => graphs.names.topics[each]).join(", ") : ""],
      ["School", node.schools.map((each) => graphs.names.schools[each]).join(", ")],
      ["Text", node.texts.map((each) => graphs.names.texts[each]).join(", ")],
      ["Year", node.year ? String(node.year) : ""],
    ];
    const details = document.createElement("dl");
    for (const [name, value] of rows.filter((row) => row[1])) {
      const term = document.createElement("dt");
      term.textContent = name || "Kind";
      const told = document.createElement("dd");
      told.textContent = value;
      details.append(term, told);
    }
    const ties = document.createElement("ul");
    ties.className = "plain";
    const near = view.lines.get().filter((edge) => edge.from === id || edge.to === id);
    for (const edge of near.slice(0, 12)) {
      const other = view.byId.get(edge.from === id ? edge.to : edge.from);
      const item = document.createElement("li");
      const kind = document.createElement("span");
      kind.className = `type ${edge.kind}`;
      kind.textContent = edge.from === id || !view.directed ? edge.kind : `${edge.kind} ←`;
      item.append(kind, " ", link(other));
      if (edge.analyst) item.append(" (the reviewer’s own reading)");
      ties.append(item);
    }
    card.replaceChildren(head, details, ties);
  };

  const choose = () => {
    view = graphs.views.find((each) => each.name === form.elements.view.value) || graphs.views[0];
    if (!view.all) {
      view.all = view.nodes.map(shape);
      view.byId = new Map(view.all.map((node) => [node.id, node]));
    }
    if (network) { network.destroy(); network = null; }
    fill();
  };
  const restore = () => {
    const chosen = read();
    form.elements.view.value = chosen.get("view") || graphs.views[0].name;
    if (form.elements.view.selectedIndex < 0) form.elements.view.selectedIndex = 0;
    choose();
    for (const name of FIELDS.slice(1)) form.elements[name].value = chosen.get(name) || "";
    form.elements.analyst.checked = chosen.get("analyst") === "1" && !form.elements.analyst.disabled;
    for (const name of ["topic", "school", "kind", "text"]) {
      if (form.elements[name].selectedIndex < 0) form.elements[name].value = "";
    }
    held = view.byId.has(chosen.get("node")) ? chosen.get("node") : null;
    apply();
    if (held) {
      network.selectNodes([held]);
      network.focus(held, { scale: 0.9, animation: false });
      tell(held);
    }
  };

  form.addEventListener("change", (event) => {
    if (event.target.name === "view") { held = null; choose(); }
    apply();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => { held = null; setTimeout(() => { choose(); apply(); }); });
  form.addEventListener("click", ({ target }) => {
    if (target.dataset.do === "fit") apply();
    if (target.dataset.do === "link") window.argmapCopy(location.href, target);
  });
  stage.addEventListener("keydown", (event) => {
    const steps = { ArrowLeft: [-60, 0], ArrowRight: [60, 0], ArrowUp: [0, -60], ArrowDown: [0, 60] };
    const zooms = { "+": 1.25, "=": 1.25, "-": 0.8 };
    const scale = network.getScale(), at = network.getViewPosition();
    if (steps[event.key]) {
      const [x, y] = steps[event.key];
      network.moveTo({ position: { x: at.x + x / scale, y: at.y + y / scale } });
    } else if (zooms[event.key]) network.moveTo({ scale: scale * zooms[event.key] });
    else return;
    event.preventDefault();
  });
  const repaint = () => { if (network) { const at = network.getViewPosition(), scale = network.getScale(); draw(); network.moveTo({ position: at, scale }); } };
  document.addEventListener("argmap-theme", repaint);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaint);
  addEventListener("hashchange", () => graphs && restore());

  load("graphs.js").then(() => {
    graphs = window.argmapGraphs;
    for (const each of graphs.views) {
      const words = each.words.length > 90 ? `${each.words.slice(0, 88)}…` : each.words;
      form.elements.view.add(option(each.name, words));
    }
    form.hidden = false;
    byId("more").open = matchMedia("(min-width: 52rem)").matches || location.hash.length > 1;
    restore();
  });
})();
