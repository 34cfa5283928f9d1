"use strict";
// The table that sorts, filters and searches, and the chart. All texts of submissions
// go in as textContent.

const data = JSON.parse(document.getElementById("data").textContent);
const ROWS_A_PAGE = 100;
const SIGNS = { p: ["✓", "passed"], h: ["◐", "half"], f: ["✗", "failed"], u: ["?", "undecided"] };
const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });
const byId = (id) => document.getElementById(id);
const word = (name) => data.words[name];

// column and kind: only what is wrong there; view: the criterion shown by kind of case
const state = { query: "", status: "", mistake: "", failed: null, view: "", sort: "submission", down: false, page: 0 };

for (const row of data.rows) {
  row.mistakes = row.mistakes.map((place) => data.mistakes[place]);
  row.remark = [...row.mistakes, row.reason, row.flagged ? word("flagged") : ""].filter(Boolean).join("; ");
  row.searched = [row.submission, row.student, row.remark].join("\n").toLowerCase();
}

function element(name, text, className = "") {
  const made = document.createElement(name);
  made.textContent = text;
  if (className) made.className = className;
  return made;
}

function shortened(text) {
  return text.length > 90 ? `${text.slice(0, 90)}…` : text;
}

// ---- columns: how each is titled, sorted and written

function linked(row) {
  const cell = element("th", row.href ? "" : row.submission);
  cell.scope = "row";
  if (row.href) {
    const link = element("a", row.submission);
    link.href = row.href;
    cell.append(link);
  }
  return cell;
}

function pointsColumn(column, place) {
  return {
    key: `points${place}`,
    title: column.title,
    value: (row) => row.points[place] ?? null,
    cell: (row) => {
      const points = row.points[place];
      if (points == null) return element("td", "–", "number");
      const status = points >= column.max ? "passed" : points > 0 ? "half" : "failed";
      return element("td", String(points), `number ${status}`);
    },
  };
}

function kindColumn(column, place, kind) {
  const letter = (row) => row.kinds[place]?.[kind] ?? "-";
  return {
    key: `kind${place}.${kind}`,
    title: column.kinds[kind],
    value: letter,
    cell: (row) => {
      if (!(letter(row) in SIGNS)) return element("td", "–", "number");
      const [sign, status] = SIGNS[letter(row)];
      const cell = element("td", sign, `number ${status}`);
      cell.append(element("span", ` ${word(`status.${status}`)}`, "unseen"));
      return cell;
    },
  };
}

function columns() {
  const titles = JSON.parse(byId("rows").dataset.titles);
  const text = (key) => ({ key, title: titles[key], value: (row) => row[key], cell: (row) => element("td", row[key], `text ${key}`) });
  const middle =
    state.view === ""
      ? data.columns.map(pointsColumn)
      : data.columns[state.view].kinds.map((_, kind) => kindColumn(data.columns[state.view], Number(state.view), kind));
  const known = (key) => (data.rows.some((row) => row[key]) ? [text(key)] : []);
  return [
    { ...text("submission"), cell: linked },
    ...known("student"),
    { ...text("status"), cell: (row) => element("td", word(`outcome.short.${row.status}`), "status") },
    { ...text("score"), cell: (row) => element("td", `${row.score ?? "–"} / ${row.max}`, "number") },
    ...middle,
    { ...text("remark"), cell: (row) => element("td", shortened(row.remark), "text remark") },
    ...known("late"),
    { ...text("seconds"), cell: (row) => element("td", row.seconds.toFixed(2), "number") },
  ];
}

// ---- which rows, in which order

function matches(row) {
  const [column, kind] = state.failed ?? [];
  return (
    row.searched.includes(state.query) &&
    (!state.status || row.status === state.status) &&
    (!state.mistake || row.mistakes.includes(state.mistake)) &&
    (!state.failed || "fh".includes(row.kinds[column]?.[kind] || "-"))
  );
}

function compare(value) {
  const sign = state.down ? -1 : 1;
  return (left, right) => {
    const [a, b] = [value(left), value(right)];
    if (a == null || b == null) return (a == null) - (b == null); // blanks are last
    return sign * (typeof a === "number" ? a - b : collator.compare(a, b));
  };
}

// ---- drawing

function headCell(column) {
  const cell = element("th", "");
  cell.scope = "col";
  const isSorted = column.key === state.sort;
  cell.setAttribute("aria-sort", isSorted ? (state.down ? "descending" : "ascending") : "none");
  const button = element("button", "");
  const arrow = state.down ? " ▼" : " ▲";
  // a long name is broken after its dots, as a reader would break it
  button.append(...column.title.split(/(?<=[._])/).flatMap((part) => [part, document.createElement("wbr")]));
  if (isSorted) button.append(arrow);
  button.type = "button";
  button.dataset.key = column.key;
  button.addEventListener("click", () => {
    Object.assign(state, { down: isSorted && !state.down, sort: column.key, page: 0 });
    draw();
    document.querySelector(`[data-key="${column.key}"]`).focus();
  });
  cell.append(button);
  return cell;
}

function draw({ all = false } = {}) {
  const shown = columns();
  const sorted = shown.find((column) => column.key === state.sort) ?? shown[0];
  const rows = data.rows.filter(matches).sort(compare(sorted.value));
  const last = Math.max(0, Math.ceil(rows.length / ROWS_A_PAGE) - 1);
  state.page = Math.min(state.page, last);
  const start = state.page * ROWS_A_PAGE;
  const drawn = all ? rows : rows.slice(start, start + ROWS_A_PAGE);

  const head = document.createElement("tr");
  head.append(...shown.map(headCell));
  byId("rows").tHead.replaceChildren(head);
  byId("rows").tBodies[0].replaceChildren(
    ...drawn.map((row) => {
      const line = document.createElement("tr");
      line.append(...shown.map((column) => column.cell(row)));
      return line;
    }),
  );
  byId("found").textContent = word("found")
    .replace("{from}", drawn.length ? start + 1 : 0)
    .replace("{to}", start + drawn.length)
    .replace("{found}", rows.length)
    .replace("{all}", data.rows.length);
  byId("previous").disabled = state.page === 0;
  byId("next").disabled = state.page === last;
  byId("only").hidden = !state.failed;
}

function change(key, value) {
  Object.assign(state, { [key]: value, page: 0 });
  draw();
}

byId("query").addEventListener("input", (event) => change("query", event.target.value.trim().toLowerCase()));
byId("status").addEventListener("change", (event) => change("status", event.target.value));
byId("mistake").addEventListener("change", (event) => change("mistake", event.target.value));
byId("view").addEventListener("change", (event) => change("view", event.target.value));
byId("previous").addEventListener("click", () => (state.page--, draw()));
byId("next").addEventListener("click", () => (state.page++, draw()));
byId("only").addEventListener("click", () => change("failed", null));
for (const button of document.querySelectorAll("button[data-wrong]")) {
  button.addEventListener("click", () => {
    const [column, kind] = button.dataset.wrong.split(" ").map(Number);
    const { title, kinds } = data.columns[column];
    byId("only").textContent = `✕ ${word("wrong_in").replace("{column}", title).replace("{kind}", kinds[kind])}`;
    change("failed", [column, kind]);
    byId("table").scrollIntoView();
    byId("query").focus();
  });
}
addEventListener("beforeprint", () => draw({ all: true }));
addEventListener("afterprint", () => draw());
byId("controls").hidden = false;
draw();

// ---- the distribution of scores

const canvas = byId("chart");
const buckets = JSON.parse(canvas.dataset.buckets);
Chart.defaults.animation = false;
Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
Chart.defaults.font.size = 14;
const chart = new Chart(canvas, {
  type: "bar",
  data: {
    labels: buckets.map(([label, count]) => [`${label} %`, `(${count})`]),
    datasets: [{ data: buckets.map(([, count]) => count), categoryPercentage: 0.95 }],
  },
  options: {
    maintainAspectRatio: false,
    plugins: { legend: { display: false } },
    scales: { x: { grid: { display: false } }, y: { beginAtZero: true, ticks: { precision: 0 } } },
  },
});

function colourChart() {
  const ink = getComputedStyle(canvas.parentElement).color;
  chart.data.datasets[0].backgroundColor = getComputedStyle(canvas).color;
  for (const scale of Object.values(chart.options.scales)) {
    scale.ticks = { ...scale.ticks, color: ink };
    scale.border = { color: ink };
  }
  chart.update();
}
document.addEventListener("themechange", colourChart);
matchMedia("print").addEventListener("change", colourChart);
colourChart();
