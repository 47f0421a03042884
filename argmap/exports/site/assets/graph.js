// The graph view: vis-network draws nodes and lines, labels.js names them; filters, the card beside
// it, the legend, the list and the link to the view are here.
"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const root = document.body.dataset.root;
  const form = byId("graph-form");
  const frame = byId("frame");
  const stage = byId("graph");
  const card = byId("card");
  const hint = byId("hint");
  const asList = byId("as-list");
  const FIELDS = ["view", "topic", "school", "kind", "text", "from", "to"];
  // The same shapes as in the picture of the front page.
  const SHAPES = { claim: "diamond", work: "dot", actor: "triangle", group: "square" };
  // Told apart without colour: by the end of the line and by how it is broken.
  const LINES = {
    supports: ["arrow", false], for: ["arrow", false], explains: ["vee", false],
    contests: ["bar", [6, 4]], against: ["bar", [6, 4]],
    undercuts: ["circle", [1, 3]], qualifies: ["diamond", false], "on both sides": ["box", false],
    agrees: ["", false], disagrees: ["", [6, 4]],
  };
  const ENDS = {
    arrow: "arrowhead", vee: "open arrowhead", bar: "bar", circle: "disc", diamond: "diamond",
    box: "square",
  };
  // What a line says: of where it begins, and of where it ends.
  const SAID = {
    supports: ["supports", "is supported by"], explains: ["explains", "is explained by"],
    contests: ["contests", "is contested by"], qualifies: ["qualifies", "is qualified by"],
    undercuts: ["undercuts a step to", "has a step to it undercut by"],
    for: ["stands for", "has for it"], against: ["stands against", "has against it"],
    "on both sides": ["stands on both sides of", "has on both sides of it"],
    agrees: ["agrees with", "agrees with"], disagrees: ["disagrees with", "disagrees with"],
  };
  const NAMES = { claim: "Claim", work: "Work", actor: "Actor", group: "Camp" };
  const OWN = "the reviewer’s own reading";
  const MOST_LISTED = 500;
  const byHand = matchMedia("(hover: none)").matches;
  let graphs, view, network, nodes, edges, shown = new Set();
  let held = null, hovered = null, told = null, live = false, stale = true;

  const load = (name) => new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = `${root}assets/${name}`;
    script.onload = resolve;
    script.onerror = () => reject(new Error(name));
    document.head.append(script);
  });
  const make = (name, text = "", className = "") => {
    const element = document.createElement(name);
    element.textContent = text;
    if (className) element.className = className;
    return element;
  };
  const colours = () => {
    const of = (element, name) => getComputedStyle(element)[name];
    return { ink: of(document.body, "color"), soft: of(hint, "color"), paper: of(stage, "backgroundColor") };
  };
  const shape = (list) => {
    const [id, label, words, href, colour, size, x, y, node, kind, topics, schools, texts, year] = list;
    return { id, label, words, href, colour, size, x, y, node, kind, topics, schools, texts, year };
  };
  const isSmall = () => view.all.length < 80;

  // ---- labels ----
  let inks = {}, labels = [];
  const name = (context) => {
    const { clientWidth: width, clientHeight: height } = stage;
    const scene = { width, height, ranked: view.ranked, shown, focus: hovered || held };
    labels = window.argmapLabeller.arrange(network, scene);
    window.argmapLabeller.write(context, labels, context.canvas.width / width, inks);
  };
  window.argmapLabels = () => labels.map(({ id, x, y, width, height }) => ({ id, x, y, width, height }));

  // ---- what is chosen, kept in the address ----
  const read = () => new URLSearchParams(location.hash.slice(1));
  const state = () => {
    const chosen = new URLSearchParams();
    for (const field of FIELDS) {
      const value = form.elements[field].value;
      if (value && !(field === "view" && value === "claims")) chosen.set(field, value);
    }
    if (form.elements.analyst.checked) chosen.set("analyst", "1");
    if (held) chosen.set("node", held);
    return chosen;
  };
  const keep = () => {
    const text = state().toString();
    history.replaceState(null, "", text ? `#${text}` : location.pathname + location.search);
  };

  const fill = () => {
    const { names } = graphs;
    const collect = (field) => [...new Set(view.all.flatMap((node) => node[field]).filter(Boolean))];
    const put = (field, values, words) => {
      const select = form.elements[field];
      const before = select.value;
      select.length = 1;
      values.map((value) => [value, words(value)]).sort((a, b) => a[1].localeCompare(b[1], "en"))
        .forEach(([value, text]) => select.add(new Option(text, value)));
      select.value = values.includes(before) ? before : "";
    };
    put("topic", collect("topics"), (id) => names.topics[id] || id);
    put("school", collect("schools"), (id) => names.schools[id] || id);
    put("text", collect("texts"), (id) => names.texts[id] || id);
    put("kind", collect("kind"), (id) => (id === "group" ? "camp" : id));
    const none = !view.edges.some((edge) => edge[4]);
    byId("analyst").hidden = none;
    if (none) form.elements.analyst.checked = false;
  };

  const passes = (node) => {
    const value = (field) => form.elements[field].value;
    const has = (field, list) => !value(field) || list.includes(value(field));
    if (!has("topic", node.topics) || !has("school", node.schools) || !has("text", node.texts)) return false;
    if (value("kind") && value("kind") !== node.kind) return false;
    const from = Number(value("from")), to = Number(value("to"));
    if (from && !(node.year >= from)) return false;
    if (to && !(node.year && node.year <= to)) return false;
    return true;
  };

  // ---- the picture ----
  const draw = () => {
    inks = colours();
    const { ink } = inks;
    const many = view.all.length > 600, few = isSmall();
    nodes = new vis.DataSet(view.all.map((node) => ({
      id: node.id, x: node.at.x, y: node.at.y, size: node.size,
      shape: SHAPES[node.node] || "dot",
      color: { background: node.colour, border: node.colour,
        highlight: { background: node.colour, border: ink }, hover: { background: node.colour, border: ink } },
    })));
    edges = new vis.DataSet(view.edges.map(([from, to, kind, colour, analyst, note], id) => {
      const [end, dashes] = LINES[kind] || ["arrow", false];
      return {
        id, from: view.all[from].id, to: view.all[to].id, analyst, kind, dashes, note,
        color: { color: colour, highlight: colour, hover: colour, opacity: 0.85 },
        width: (kind === "qualifies" ? 1 : 2) * (few ? 0.7 : 1),
        arrows: view.directed && end ? { to: { enabled: true, type: end, scaleFactor: few ? 0.5 : 0.6 } } : "",
        ...(analyst ? { background: { enabled: true, color: "rgb(128 128 128 / .32)", size: few ? 6 : 8 } } : {}),
      };
    }));
    const seen = (edge) => shown.has(edge.from) && shown.has(edge.to) && (!edge.analyst || form.elements.analyst.checked);
    view.nodes = new vis.DataView(nodes, { filter: (node) => shown.has(node.id) });
    view.lines = new vis.DataView(edges, { filter: seen });
    const options = {
      physics: false, layout: { improvedLayout: false },
      interaction: { hover: true, hideEdgesOnDrag: many, hideEdgesOnZoom: many, multiselect: false },
      nodes: { borderWidth: 1.5, borderWidthSelected: 3 },
      edges: { smooth: many ? false : { enabled: true, type: "curvedCW", roundness: 0.12 }, selectionWidth: 1.5, hoverWidth: 1 },
    };
    if (network) network.destroy();
    network = new vis.Network(stage, { nodes: view.nodes, edges: view.lines }, options);
    window.argmapNetwork = network;
    network.on("afterDrawing", name);
    network.on("hoverNode", ({ node }) => { hovered = node; if (!held) tell(node); stage.classList.add("pointing"); });
    network.on("blurNode", () => { hovered = null; stage.classList.remove("pointing"); network.redraw(); });
    network.on("click", ({ nodes: [node] }) => {
      held = node || null;
      tell(held);
      // On a phone the card lies below what is in view.
      if (held && byHand) card.scrollIntoView({ block: "nearest" });
      keep();
      network.redraw();
    });
    network.on("doubleClick", ({ nodes: [node] }) => { if (node) location.href = root + view.byId.get(node).href; });
    const move = (event) => { for (const id of event.nodes) view.byId.get(id).at = network.getPosition(id); };
    network.on("dragging", move);
    network.on("dragEnd", move);
  };

  // What is left fills the frame, with room for labels at its edges.
  const fit = (chosen) => {
    const width = stage.clientWidth, height = stage.clientHeight;
    let left = Infinity, right = -Infinity, top = Infinity, bottom = -Infinity;
    for (const { at, size } of chosen) {
      left = Math.min(left, at.x - size);
      right = Math.max(right, at.x + size);
      top = Math.min(top, at.y - size);
      bottom = Math.max(bottom, at.y + size);
    }
    const room = [width - 2 * Math.min(80, width * 0.1), height - 2 * 40];
    const scale = Math.min(room[0] / (right - left), room[1] / (bottom - top), 2);
    network.moveTo({ position: { x: (left + right) / 2, y: (top + bottom) / 2 }, scale, animation: false });
  };

  const apply = () => {
    const chosen = view.all.filter(passes);
    shown = new Set(chosen.map((node) => node.id));
    if (held && !shown.has(held)) { held = null; if (network) network.unselectAll(); }
    hovered = null;
    if (!network) draw();
    view.nodes.refresh();
    view.lines.refresh();
    if (chosen.length) fit(chosen);
    tell(held || (shown.has(told) ? told : null));
    list(chosen);
    keep();
  };

  // ---- in words: the card, the list, the legend ----
  const link = (node, inside = false) => {
    // Within a line that goes on, a claim has no full stop.
    const element = make("a", inside ? node.words.replace(/\.$/, "") : node.words);
    element.href = root + node.href;
    return element;
  };
  const describe = () => {
    const words = FIELDS.slice(1).concat("analyst").map((field) => {
      const input = form.elements[field];
      if (field === "analyst") return input.checked ? `with ${OWN}s` : "";
      if (!input.value) return "";
      return `${field}: ${input.options ? input.selectedOptions[0].text : input.value}`;
    }).filter(Boolean);
    byId("chosen").textContent = words.length ? ` (${words.length} chosen)` : "";
    byId("graph-told").textContent = [form.elements.view.selectedOptions[0].text.replace(/\.$/, ""), ...words].join("; ");
  };
  const list = (chosen) => {
    const left = view.left ? `, the most contested of ${view.left + view.all.length}` : "";
    byId("graph-count").textContent =
      `${chosen.length} of ${view.all.length} nodes${left}, ${view.lines.length} lines`;
    describe();
    stale = true;
    if (asList.open) write();
  };
  const write = () => {
    if (!stale || !view) return;
    stale = false;
    const ties = new Map();
    const tie = (id, kind, other, edge) => {
      if (!ties.has(id)) ties.set(id, new Map());
      if (!ties.get(id).has(kind)) ties.get(id).set(kind, []);
      ties.get(id).get(kind).push([view.byId.get(other), edge.analyst]);
    };
    for (const edge of view.lines.get()) {
      const [begins, ends] = SAID[edge.kind] || [edge.kind, edge.kind];
      tie(edge.from, begins, edge.to, edge);
      tie(edge.to, ends, edge.from, edge);
    }
    const chosen = view.all.filter((node) => shown.has(node.id));
    const items = chosen.slice(0, MOST_LISTED).map((node) => {
      const item = document.createElement("li");
      item.append(link(node));
      for (const [kind, others] of ties.get(node.id) || []) {
        const line = make("p", `${kind} `);
        others.forEach(([other, analyst], number) => {
          line.append(number ? "; " : "", link(other, other.node === "claim"), analyst ? ` (${OWN})` : "");
        });
        item.append(line);
      }
      return item;
    });
    if (chosen.length > MOST_LISTED) {
      items.push(make("li", `and ${chosen.length - MOST_LISTED} more; filters make the list shorter`));
    }
    byId("graph-list").replaceChildren(...items);
  };

  const tell = (id) => {
    told = id;
    const node = view.byId.get(id);
    if (!node) {
      card.replaceChildren(make("p", `${byHand ? "Tap" : "Point at"} a node to read it${byHand ? "" : ", choose it to keep it here"}.`, "fine"));
      return;
    }
    const head = document.createElement("h2");
    head.append(link(node));
    const rows = [
      ["Kind", node.node === "claim" ? `${NAMES.claim}, ${node.kind}` : NAMES[node.node] || node.node],
      ["Topic", node.node === "claim" ? node.topics.map((each) => graphs.names.topics[each]).join(", ") : ""],
      ["School", node.schools.map((each) => graphs.names.schools[each]).join(", ")],
      ["Text", node.texts.map((each) => graphs.names.texts[each]).join(", ")],
      ["Year", node.year ? String(node.year) : ""],
    ];
    const details = document.createElement("dl");
    for (const [term, value] of rows.filter((row) => row[1])) {
      details.append(make("dt", term), make("dd", value));
    }
    const ties = make("ul", "", "plain");
    const near = view.lines.get().filter((edge) => edge.from === id || edge.to === id);
    for (const edge of near.slice(0, 12)) {
      const from = edge.from === id;
      const item = document.createElement("li");
      item.append(make("span", (SAID[edge.kind] || [edge.kind, edge.kind])[from ? 0 : 1], `type ${edge.kind}`));
      item.append(" ", link(view.byId.get(from ? edge.to : edge.from)));
      if (edge.analyst) item.append(` (${OWN})`);
      if (edge.note) item.append(" ", make("span", edge.note, "fine"));
      ties.append(item);
    }
    if (near.length > 12) ties.append(make("li", `and ${near.length - 12} more lines, told on its page`));
    card.replaceChildren(head, details, ties);
  };

  const sketch = (width, ...parts) => {
    const of = (tag, attributes) => {
      const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
      for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
      return element;
    };
    const svg = of("svg", { viewBox: `0 0 ${width} 12`, width, height: 12, "aria-hidden": "true" });
    svg.append(...parts.map(([tag, attributes]) => of(tag, attributes)));
    return svg;
  };
  const OUTLINES = {
    claim: "M6 0l6 6-6 6-6-6z", work: "M6 1a5 5 0 1 1 0 10a5 5 0 1 1 0-10z", actor: "M6 1l5.5 10h-11z", group: "M1.5 1.5h9v9h-9z",
  };
  const TIPS = {
    arrow: "M34 1l9 5-9 5z", vee: "M33 1l10 5-10 5 4-5z", bar: "M39 0h3v12h-3z", box: "M34 2h8v8h-8z",
    circle: "M38 1.5a4.5 4.5 0 1 1 0 9a4.5 4.5 0 1 1 0-9z", diamond: "M33 6l5-5 5 5-5 5z",
  };
  const explain = () => {
    const group = (term, items) => {
      if (!items.length) return [];
      const told = document.createElement("dd");
      for (const [picture, words] of items) {
        const item = document.createElement("span");
        item.append(picture, words);
        told.append(item);
      }
      return [make("dt", term), told];
    };
    const kinds = Object.keys(NAMES).filter((kind) => view.all.some((node) => node.node === kind));
    const shapes = kinds.map((kind) => [
      sketch(12, ["path", { d: OUTLINES[kind], fill: "currentColor" }]),
      NAMES[kind].toLowerCase(),
    ]);
    const claims = kinds.includes("claim"), holders = kinds.some((kind) => kind !== "claim");
    const sizes = [
      claims ? "a claim is larger the more independent voices stand for or against it" : "",
      holders ? `${claims ? "the others" : "they are"} larger the more lines they have` : "",
    ].filter(Boolean);
    shapes.push(["", sizes.join(", ")]);
    const { schools, colours: hues } = graphs.names;
    const used = new Set(view.all.map((node) => node.colour));
    const swatch = (fill) => sketch(12, ["circle", { cx: 6, cy: 6, r: 6, fill }]);
    const byColour = Object.keys(hues).filter((id) => used.has(hues[id]) && schools[id]);
    const own = new Map(byColour.map((id) => [hues[id], []]));
    for (const id of byColour) own.get(hues[id]).push(schools[id]);
    const palette = [...own].filter(([, ids]) => ids.length === 1).map(([hue, ids]) => [swatch(hue), ids[0]]);
    const rest = [...used].find((hue) => !own.has(hue) || own.get(hue).length > 1);
    if (rest) palette.push([swatch(rest), own.has(rest) ? "in no school, or in a smaller one" : "in no school"]);
    const lines = new Map();
    for (const kind of Object.keys(LINES)) {
      const edge = view.edges.find((each) => each[2] === kind);
      if (!edge) continue;
      const [end, dashes] = LINES[kind];
      const key = `${edge[3]} ${end} ${dashes}`;
      if (!lines.has(key)) lines.set(key, { kind, colour: edge[3], end: view.directed ? end : "", dashes, words: [] });
      lines.get(key).words.push(kind === "undercuts" ? "undercuts a step to it" : SAID[kind][0].replace(/ (of|with)$/, ""));
    }
    const strokes = [...lines.values()].map(({ kind, colour, end, dashes, words }) => {
      const line = { d: `M1 6h${end ? 34 : 42}`, stroke: colour, "stroke-width": kind === "qualifies" ? 1 : 2 };
      if (dashes) line["stroke-dasharray"] = dashes.join(" ");
      const parts = [["path", line]];
      if (end) parts.push(["path", { d: TIPS[end], fill: colour }]);
      const way = kind === "undercuts" ? "dotted" : dashes ? "broken" : kind === "qualifies" ? "thin" : "solid";
      return [sketch(44, ...parts), `${words.join(", ")}: ${way}${end ? `, ${ENDS[end]}` : ""}`];
    });
    if (view.edges.some((edge) => edge[4])) {
      const band = { d: "M1 6h42", stroke: "#808080", "stroke-width": 10, opacity: 0.32 };
      strokes.push([sketch(44, ["path", band], ["path", { d: "M1 6h42", stroke: "#808080", "stroke-width": 2 }]), `on a grey band: ${OWN}`]);
    }
    if (claims) palette.push(["", "a claim has the colour of most who hold it"]);
    byId("legend").replaceChildren(...group("Nodes", shapes), ...group("Schools", palette), ...group("Lines", strokes));
  };

  // ---- choosing a view ----
  const choose = () => {
    view = graphs.views.find((each) => each.name === form.elements.view.value) || graphs.views[0];
    if (!view.all) {
      view.all = view.nodes.map(shape);
      view.byId = new Map(view.all.map((node) => [node.id, node]));
      // The same places as in Gephi, few of them wider apart, so that labels have room between.
      const reach = (axis) => Math.max(...view.all.map((node) => node[axis])) - Math.min(...view.all.map((node) => node[axis])) || 1;
      const wide = isSmall() ? Math.min(Math.max(Math.min(460 / reach("x"), 340 / reach("y")), 1), 5) : 1;
      for (const node of view.all) node.at = { x: node.x * wide, y: node.y * wide };
      view.ranked = [...view.all].sort((one, other) => other.size - one.size || (one.id < other.id ? -1 : 1));
    }
    if (network) { network.destroy(); network = null; }
    told = hovered = null;
    fill();
    explain();
  };
  const restore = () => {
    const chosen = read();
    form.elements.view.value = chosen.get("view") || graphs.views[0].name;
    if (form.elements.view.selectedIndex < 0) form.elements.view.selectedIndex = 0;
    choose();
    for (const field of FIELDS.slice(1)) form.elements[field].value = chosen.get(field) || "";
    form.elements.analyst.checked = chosen.get("analyst") === "1" && !byId("analyst").hidden;
    for (const field of ["topic", "school", "kind", "text"]) {
      if (form.elements[field].selectedIndex < 0) form.elements[field].value = "";
    }
    held = view.byId.has(chosen.get("node")) ? chosen.get("node") : null;
    apply();
    const asked = chosen.get("view");
    if ((asked && asked !== view.name) || (chosen.get("node") && !held)) {
      const words = "What the link asks for is not among what is drawn here; its own page tells of it.";
      card.replaceChildren(make("p", words, "fine"));
    }
    if (held) {
      network.selectNodes([held]);
      network.focus(held, { scale: Math.max(1.2, network.getScale()), animation: false });
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
  asList.addEventListener("toggle", () => { if (asList.open) write(); });

  // ---- wheel and finger belong to the page until the graph is chosen ----
  let quiet = 0;
  const rouse = (on) => {
    if (on === live) return;
    live = on;
    stage.classList.toggle("live", on);
    clearTimeout(quiet);
    if (on) {
      hint.textContent = byHand ? "One finger moves, two zoom; tap outside to leave."
        : "The wheel zooms the graph; Esc or a click outside gives it back to the page.";
      quiet = setTimeout(() => { hint.textContent = ""; }, 6000);
    } else remind();
  };
  const remind = () => {
    hint.textContent = byHand ? "Tap the graph to move it with a finger."
      : "Drag to move. Click the graph to zoom it with the wheel.";
  };
  stage.addEventListener("wheel", (event) => { if (!live) event.stopPropagation(); }, { capture: true, passive: true });
  stage.addEventListener("pointermove", (event) => {
    if (!live && event.pointerType === "touch") event.stopPropagation();
  }, true);
  stage.addEventListener("click", () => rouse(true));
  stage.addEventListener("focus", () => rouse(true));
  frame.addEventListener("focusout", ({ relatedTarget }) => { if (relatedTarget && !frame.contains(relatedTarget)) rouse(false); });
  document.addEventListener("pointerdown", ({ target }) => { if (!frame.contains(target)) rouse(false); });
  document.addEventListener("keydown", ({ key }) => { if (key === "Escape") rouse(false); });

  const zoom = (times) => network.moveTo({ scale: Math.min(Math.max(network.getScale() * times, 0.05), 8), animation: false });
  byId("zoom").addEventListener("click", ({ target }) => { if (target.dataset.zoom) zoom(Number(target.dataset.zoom)); });
  stage.addEventListener("keydown", (event) => {
    const steps = { ArrowLeft: [-60, 0], ArrowRight: [60, 0], ArrowUp: [0, -60], ArrowDown: [0, 60] };
    const zooms = { "+": 1.25, "=": 1.25, "-": 0.8 };
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (steps[event.key]) {
      const scale = network.getScale(), at = network.getViewPosition();
      const [x, y] = steps[event.key];
      network.moveTo({ position: { x: at.x + x / scale, y: at.y + y / scale } });
    } else if (zooms[event.key]) zoom(zooms[event.key]);
    else return;
    event.preventDefault();
  });
  const repaint = () => {
    if (!network) return;
    const position = network.getViewPosition(), scale = network.getScale();
    draw();
    network.moveTo({ position, scale });
    if (held) network.selectNodes([held]);
  };
  document.addEventListener("argmap-theme", repaint);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaint);
  addEventListener("hashchange", () => graphs && restore());

  // ---- on paper the list stands for the picture ----
  let wasOpen = null;
  const print = (on) => {
    if (on && wasOpen === null) {
      wasOpen = asList.open;
      asList.open = true;
      write();
    } else if (!on && wasOpen !== null) {
      asList.open = wasOpen;
      wasOpen = null;
    }
  };
  addEventListener("beforeprint", () => print(true));
  addEventListener("afterprint", () => print(false));
  matchMedia("print").addEventListener("change", ({ matches }) => print(matches));

  load("graphs.js").then(() => {
    graphs = window.argmapGraphs;
    for (const each of graphs.views) {
      const words = each.words.length > 90 ? `${each.words.slice(0, 88)}…` : each.words;
      form.elements.view.add(new Option(words, each.name));
    }
    form.hidden = byId("zoom").hidden = false;
    byId("more").open = matchMedia("(min-width: 52rem)").matches;
    remind();
    restore();
  });
})();
