// Labels of the graph: those for which there is room, at one size on the screen.
"use strict";
(() => {
  const FACE = "Inter, system-ui, sans-serif";
  const FONT = 12, LEADING = 14, CELL = 64, MOST_LABELS = 150, FEW = 150, LEAST = 6, FIRST = 24, FOREMOST = 8;
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = `${FONT}px ${FACE}`;
  const measure = (node) => {
    if (!node.lines) {
      node.lines = node.label.replace(/(.{12,24}?) /g, "$1\n").split("\n");
      node.widths = node.lines.map((line) => pen.measureText(line).width);
      node.wide = Math.max(...node.widths);
      node.high = LEADING * node.lines.length;
    }
    return node;
  };
  // Boxes by the cells of a grid that they touch: what may overlap is found without a look at all.
  const openGrid = () => {
    const cells = new Map();
    const each = (box, act) => {
      for (let x = Math.floor(box.x / CELL); x <= Math.floor((box.x + box.width) / CELL); x += 1) {
        for (let y = Math.floor(box.y / CELL); y <= Math.floor((box.y + box.height) / CELL); y += 1) {
          if (act(x * 4096 + y)) return true;
        }
      }
      return false;
    };
    return {
      add: (box) => each(box, (cell) => {
        if (!cells.has(cell)) cells.set(cell, []);
        cells.get(cell).push(box);
      }),
      hits: (box, but, least = 0) => each(box, (cell) => (cells.get(cell) || []).some((other) => (
        other.id !== but && other.width >= least && other.x < box.x + box.width && box.x < other.x + other.width
        && other.y < box.y + box.height && box.y < other.y + other.height))),
    };
  };
  // Below, above, right and left of a node, then further out.
  const SIDES = [[0, 1], [0, -1], [1, 0], [-1, 0], [1, 1], [-1, 1], [1, -1], [-1, -1]];
  const spot = (node, at, [across, down], gap) => {
    const { wide, high } = node, far = at.r + gap;
    return {
      id: node.id, gap, width: wide + 4, height: high,
      x: at.x - wide / 2 - 2 + across * (far + wide / 2 + 1),
      y: at.y - high / 2 + down * (far + high / 2 - 1),
      side: across,
    };
  };
  // `ranked` are the nodes, the weightiest first, `shown` the ids of those that no filter hides, and
  // `focus` is the id of the one that is pointed at or chosen.
  const arrange = (network, { width, height, ranked, shown, focus }) => {
    const scale = network.getScale(), centre = network.getViewPosition();
    const near = new Set();
    if (focus && shown.has(focus)) for (const id of network.getConnectedNodes(focus)) near.add(id);
    const seen = [];
    const marks = openGrid(), taken = openGrid();
    for (const node of ranked) {
      if (!shown.has(node.id)) continue;
      const at = {
        x: (node.at.x - centre.x) * scale + width / 2,
        y: (node.at.y - centre.y) * scale + height / 2, r: node.size * scale,
      };
      if (at.x < -at.r || at.y < -at.r || at.x > width + at.r || at.y > height + at.r) continue;
      seen.push([node, at, seen.length]);
      marks.add({ id: node.id, x: at.x - at.r, y: at.y - at.r, width: 2 * at.r, height: 2 * at.r });
    }
    // The buttons lie over the corner.
    taken.add({ id: "", x: width - 64, y: 0, width: 64, height: 108 });
    const rank = (id) => (id === focus ? 0 : near.has(id) ? 1 : 2);
    if (focus) seen.sort((one, other) => rank(one[0].id) - rank(other[0].id));
    const least = seen.length <= FEW ? 0 : LEAST;
    const placed = [];
    for (const [node, at, number] of seen) {
      const place = rank(node.id);
      if (placed.length >= MOST_LABELS) break;
      if (place === 2 && number >= FIRST && at.r < least) continue;
      measure(node);
      // `least`: how wide a node must be to be left free of the label.
      const fits = (box, least) => {
        if (box.side === 0) box.x = Math.min(Math.max(box.x, 3), Math.max(3, width - box.width - 3));
        const inside = box.x >= 2 && box.y >= 2 && box.x + box.width <= width - 2 && box.y + box.height <= height - 2;
        return inside && !taken.hits(box) && !marks.hits(box, node.id, least);
      };
      const look = (gap, least) => SIDES.map((side) => spot(node, at, side, gap)).find((box) => fits(box, least));
      let found = look(3, 0);
      // The first in order are named further off, the foremost over lesser nodes; what is pointed
      // at, and what it is joined to, wherever there is a place.
      const furthest = place < 2 ? 64 : number < FIRST ? 22 : 0;
      for (let gap = 12; !found && gap <= furthest; gap += 10) found = look(gap, 0);
      if (!found && (place < 2 || number < FOREMOST)) found = look(3, 1.5 * at.r);
      for (let gap = 4; !found && place < 2 && gap < 260; gap += 14) found = look(gap, Infinity);
      if (!found) continue;
      taken.add(found);
      placed.push({ ...found, node, at });
    }
    return placed;
  };
  const write = (context, labels, ratio, inks) => {
    context.save();
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.lineJoin = "round";
    context.textBaseline = "middle";
    context.textAlign = "left";
    context.fillStyle = inks.ink;
    context.setLineDash([]);
    context.font = `${FONT}px ${FACE}`;
    // What stands off is tied to its node.
    context.lineWidth = 1;
    context.strokeStyle = inks.soft;
    context.beginPath();
    for (const { gap, at, x, y, width, height } of labels) {
      if (gap <= 3) continue;
      const to = { x: Math.min(Math.max(at.x, x), x + width), y: Math.min(Math.max(at.y, y), y + height) };
      context.moveTo(at.x, at.y);
      context.lineTo(to.x, to.y);
    }
    context.stroke();
    context.lineWidth = 3;
    context.strokeStyle = inks.paper;
    for (const { node, x, y, width, side } of labels) {
      node.lines.forEach((line, number) => {
        const rest = width - 4 - node.widths[number];
        const left = x + 2 + (side === 0 ? rest / 2 : side < 0 ? rest : 0);
        const middle = y + LEADING * (number + 0.5);
        context.strokeText(line, left, middle);
        context.fillText(line, left, middle);
      });
    }
    context.restore();
  };
  window.argmapLabeller = { arrange, write };
})();
