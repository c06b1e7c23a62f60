/* What happens in the browser: the address is the state, controls write it, the page reads it. Texts of strangers only ever
   become text nodes. No library, no eval, no inline code. */
(function () {
  "use strict";

  const FILTERS = ["q", "topic", "source", "collection", "country", "language", "since", "until", "copies", "least", "in", "undated", "balanced", "peak", "all"];
  const CONTROLS = [1, 2, 3, 4, 5, 6].map((nth) => "query-" + nth).concat([
    "choose-topics", "choose-sources", "choose-collections", "choose-countries", "choose-languages", "choose-days", "choose-counting",
    "choose-least", "choose-grain", "choose-measure", "choose-view",
  ]);
  let shownPath = window.location.pathname;
  let isFirstPage = true;

  /* ---- colour scheme: in a cookie, so that the server draws figures in it ---- */

  function cookie(name) {
    const found = document.cookie.split("; ").find((part) => part.startsWith(name + "="));
    return found ? found.slice(name.length + 1) : "";
  }

  function applyScheme(scheme) {
    document.documentElement.setAttribute("data-mantine-color-scheme", scheme);
    document.cookie = "scheme=" + scheme + "; path=/; max-age=31536000; SameSite=Lax";
  }

  const preferred = window.matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  applyScheme(["light", "dark"].includes(cookie("scheme")) ? cookie("scheme") : preferred);

  function toggleScheme() {
    const scheme = cookie("scheme") === "dark" ? "light" : "dark";
    applyScheme(scheme);
    dash_clientside.set_props("mantine", { forceColorScheme: scheme });
    dash_clientside.set_props("scheme", { data: scheme });
  }

  /* ---- addresses ---- */

  function go(address, replaces) {
    const here = window.location.pathname + window.location.search;
    if (address === here) return;
    window.history[replaces ? "replaceState" : "pushState"]({}, "", address);
    window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
    if (new URL(address, window.location.href).pathname !== shownPath) window.scrollTo(0, 0);
  }

  function written(parameters) {
    const pairs = [...parameters].filter(([, value]) => value !== "");
    pairs.sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0));
    const text = pairs.map(([key, value]) => key + "=" + encodeURIComponent(value).replace(/%2C/g, ",").replace(/%3A/g, ":"));
    return text.length ? "?" + text.join("&") : "";
  }

  function changed(changes) {
    const parameters = new URLSearchParams(window.location.search);
    for (const [key, value] of Object.entries(changes)) {
      parameters.delete(key);
      for (const each of Array.isArray(value) ? value : [value]) if (each) parameters.append(key, each);
    }
    return window.location.pathname + written(parameters);
  }

  function valuesOf(search) {
    const given = new URLSearchParams(search);
    const list = (key) => (given.get(key) || "").split(",").filter(Boolean);
    const since = given.get("since"), until = given.get("until");
    const values = {
      "choose-topics": standsOut(search) ? [standsOut(search)] : list("topic"), "choose-sources": list("source"), "choose-collections": list("collection"),
      "choose-countries": list("country"), "choose-languages": list("language"), "choose-grain": given.get("grain") || "auto",
      "choose-view": given.get("view") || "chart", "choose-least": Number(given.get("least")) || 1,
      "choose-days": since || until ? [since, until] : [null, null],
      "choose-counting": [["copies", "no"], ["in", "title"], ["undated", "yes"], ["balanced", "yes"]]
        .filter(([key, value]) => given.get(key) === value).map(([key]) => key),
    };
    const queries = given.getAll("q");
    for (let nth = 1; nth <= 6; nth++) values["query-" + nth] = queries[nth - 1] || "";
    values["choose-measure"] = given.get("measure") || ownMeasure(search);
    return values;
  }

  /* the same values as pairs of an address; what a page shows by itself is left out */
  function pairsOf(values, search) {
    const listed = (id) => (values[id] || []).slice().sort().join(",");
    const counting = values["choose-counting"] || [], days = values["choose-days"] || [], least = Math.round(Number(values["choose-least"]));
    const queries = [1, 2, 3, 4, 5, 6].map((nth) => (values["query-" + nth] || "").trim()).filter(Boolean);
    const pairs = {
      q: [...new Set(queries)], topic: listed("choose-topics"), source: listed("choose-sources"), collection: listed("choose-collections"),
      country: listed("choose-countries"), language: listed("choose-languages"), since: days[0] || "", until: days[1] || "",
      copies: counting.includes("copies") ? "no" : "", in: counting.includes("in") ? "title" : "",
      undated: counting.includes("undated") ? "yes" : "", balanced: counting.includes("balanced") ? "yes" : "",
      least: least > 1 ? String(Math.min(least, 100)) : "", grain: values["choose-grain"] === "auto" ? "" : values["choose-grain"],
      measure: values["choose-measure"] === ownMeasure(search) ? "" : values["choose-measure"],
      view: values["choose-view"] === "chart" ? "" : values["choose-view"],
    };
    const isOpen = shownPath === "/" && !FILTERS.some((key) => pairs[key] && pairs[key].length);
    return { ...pairs, all: isOpen ? "yes" : "" }; // the overview opens with what stood out, unless told
  }

  /* the measure that a page shows unless told, as the server has it */
  function ownMeasure(search) {
    const given = new URLSearchParams(search);
    return given.get("q") || given.get("topic") || standsOut(search) || shownPath.startsWith("/topic/") ? "share" : "count";
  }

  /* the topic with which the overview opens */
  function standsOut(search) {
    const panel = document.getElementById("chart-panel"), given = new URLSearchParams(search);
    const isChosen = FILTERS.some((key) => given.get(key));
    return panel && shownPath === "/" && !isChosen ? panel.dataset.standsOut || "" : "";
  }

  function showQueries(queries) {
    for (let nth = 2; nth <= 6; nth++) {
      const row = document.getElementById("query-row-" + nth);
      if (row) row.hidden = nth > queries.length + 1;
    }
  }

  /* ---- texts of strangers: text nodes only ---- */

  function element(name, className, text) {
    const made = document.createElement(name);
    if (className) made.className = className;
    if (text !== undefined && text !== null) made.textContent = text;
    return made;
  }

  function isSafe(address) {
    return /^https?:\/\//i.test(address) || (address.startsWith("/") && !address.startsWith("//"));
  }

  function linked(text, address, className) {
    if (!address || !isSafe(address)) return element("span", className, text);
    const link = element("a", className, text);
    link.setAttribute("href", address);
    if (!address.startsWith("/")) {
      link.setAttribute("rel", "noopener noreferrer");
      link.setAttribute("target", "_blank");
    }
    return link;
  }

  function cellContent(cell) {
    if (cell === null || typeof cell !== "object") return [document.createTextNode(cell === null ? "" : String(cell))];
    const content = [linked(cell.text, cell.href)];
    content[0].dir = "auto";
    if (cell.title) content[0].title = cell.title;
    if (cell.lang) content[0].lang = cell.lang;
    if (cell.badge) content.push(element("span", "badge", cell.badge));
    if (cell.out && isSafe(cell.out)) {
      const out = linked("↗", cell.out, "out");
      out.setAttribute("aria-label", "The original page: " + cell.text.slice(0, 80));
      content.push(out);
    }
    if (cell.more) content.push(element("small", "", cell.more));
    return content;
  }

  function drawTable(place, table) {
    const host = document.getElementById(place);
    if (!host) return;
    host.replaceChildren();
    if (!table || !table.rows.length) {
      if (table && table.empty) host.append(element("p", "empty", table.empty));
      return;
    }
    const drawn = element("table", table.className || "");
    drawn.append(element("caption", table.showsCaption ? "" : "unseen", table.caption));
    const head = drawn.createTHead().insertRow();
    for (const column of table.columns) {
      const cell = element("th", column.kind, column.label);
      cell.scope = "col";
      head.append(cell);
    }
    const body = drawn.createTBody();
    for (const row of table.rows) {
      const line = body.insertRow();
      row.forEach((cell, at) => {
        const made = line.insertCell();
        made.className = table.columns[at].kind;
        made.dataset.label = table.columns[at].label;
        made.append(...cellContent(cell));
      });
    }
    host.append(drawn);
  }

  function write(id, text, isHidden) {
    const place = document.getElementById(id);
    if (!place) return;
    place.textContent = text || "";
    if (isHidden !== undefined) place.hidden = isHidden;
  }

  function setLink(id, address, isHidden) {
    const link = document.getElementById(id);
    if (!link) return;
    if (address) link.setAttribute("href", address);
    link.hidden = Boolean(isHidden);
  }

  function whenThere(id, then, tries) {
    if (document.getElementById(id)) return then();
    if ((tries || 0) < 40) window.setTimeout(() => whenThere(id, then, (tries || 0) + 1), 25);
  }

  /* ---- the five other ways of counting, as small lines ---- */

  function smallLine(values, className) {
    const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
    let path = "", isBroken = true;
    values.forEach((value, at) => {
      if (value === null) { isBroken = true; return; }
      path += (isBroken ? "M" : "L") + ((at / Math.max(values.length - 1, 1)) * 100).toFixed(2) + " " + (29 - value * 28).toFixed(2);
      isBroken = false;
    });
    line.setAttribute("d", path);
    line.setAttribute("class", className);
    return line;
  }

  function drawWays(ways) {
    const host = document.getElementById("robust-ways");
    if (!host) return;
    document.getElementById("robust").hidden = !ways.length;
    host.replaceChildren(...ways.map((way) => {
      const item = element("li", way.differs ? "differs" : "");
      const drawn = document.createElementNS("http://www.w3.org/2000/svg", "svg");
      drawn.setAttribute("viewBox", "0 0 100 30");
      drawn.setAttribute("preserveAspectRatio", "none");
      drawn.setAttribute("role", "img");
      drawn.setAttribute("aria-label", way.name + ": " + way.told);
      drawn.append(smallLine(way.base, "base"), smallLine(way.values, "way"));
      item.append(linked(way.name, way.href), drawn, element("small", "", way.told));
      return item;
    }));
  }

  /* ---- words while typing: the last word of a query, completed from the word index ---- */

  let asksWords = 0;
  document.addEventListener("input", (event) => {
    if (!/^query-[1-6]$/.test(event.target.id)) return;
    const text = event.target.value, found = /([\p{L}\p{M}\p{N}]{2,})$/u.exec(text);
    window.clearTimeout(asksWords);
    if (!found) return;
    asksWords = window.setTimeout(async () => {
      const answer = await fetch("/words.json?beginning=" + encodeURIComponent(found[1]));
      const words = answer.ok ? await answer.json() : [];
      const list = document.getElementById("words");
      if (!list || event.target.value !== text) return;
      list.replaceChildren(...words.map((word) => {
        const option = document.createElement("option");
        option.value = text.slice(0, found.index) + word;
        return option;
      }));
    }, 120);
  });

  /* ---- selection on the chart ---- */

  function select(days) {
    if (!days.length) return;
    const firsts = days.map((each) => each[0]).sort(), lasts = days.map((each) => each[1]).sort();
    const first = firsts[0], last = lasts[lasts.length - 1];
    const line = new Set(days.map((each) => each[2])).size === 1 && days[0][2] > 1 ? String(days[0][2]) : "";
    go(changed({ peak: first === last ? first : first + ".." + last, line: line, page: "" }));
  }

  function pointDays(data) {
    const days = ((data && data.points) || []).map((point) => point.customdata).filter((given) => Array.isArray(given));
    return days;
  }

  function step(by) {
    const store = window.coverageBuckets || [];
    if (!store.length) return;
    const peak = new URLSearchParams(window.location.search).get("peak") || "";
    const at = store.findIndex((bucket) => bucket[0] === peak.split("..")[0]);
    const next = at < 0 ? (by > 0 ? 0 : store.length - 1) : Math.min(Math.max(at + by, 0), store.length - 1);
    select([store[next]]);
  }

  /* ---- called by Dash ---- */

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.coverage = {
    route(search, pathname) {
      if (document.getElementById("failed")) dash_clientside.set_props("failed", { hidden: true });
      if (pathname === shownPath && document.getElementById("chart")) {
        const values = valuesOf(search);
        showQueries(new URLSearchParams(search).getAll("q"));
        for (const [id, value] of Object.entries(values)) {
          if (document.getElementById(id) || id === "choose-counting") dash_clientside.set_props(id, { value: value });
        }
        dash_clientside.set_props("asked", { data: { path: pathname, search: search } });
      } else if (pathname === shownPath && !isFirstPage) {
        dash_clientside.set_props("revisit", { data: search });
      }
    },

    arrived() {
      shownPath = window.location.pathname;
      whenThere("page-title", () => {
        const title = document.getElementById("page-title");
        document.title = title.dataset.title || title.textContent + " – Media Coverage";
        for (const link of document.querySelectorAll("nav a")) {
          const path = new URL(link.href).pathname;
          const kind = { topic: "topics", source: "sources", story: "stories", article: "stories", person: "people" };
          const own = "/" + (kind[shownPath.split("/")[1]] || shownPath.split("/")[1]);
          if (path === own) link.setAttribute("aria-current", "page");
          else link.removeAttribute("aria-current");
        }
        showQueries(new URLSearchParams(window.location.search).getAll("q"));
        if (!isFirstPage) {
          title.focus({ preventScroll: true });
          write("announced", title.textContent);
        }
        isFirstPage = false;
      });
    },

    choose(...values) {
      const triggered = dash_clientside.callback_context.triggered;
      if (!triggered.length || triggered.length > 5) return; // a page was laid out: nobody chose anything
      const given = Object.fromEntries(CONTROLS.map((id, at) => [id, values[at]]));
      const days = given["choose-days"] || [];
      if (days.length && Boolean(days[0]) !== Boolean(days[1]) && triggered.some((each) => each.prop_id.startsWith("choose-days"))) return;
      const wants = pairsOf(given, window.location.search), before = pairsOf(valuesOf(window.location.search), window.location.search);
      if (JSON.stringify(wants) !== JSON.stringify(before)) go(changed({ ...wants, page: "" }));
    },

    picked(selected) { select(pointDays(selected)); },
    clicked(click) { select(pointDays(click).slice(0, 1)); },

    openArticle(click) {
      const number = click && click.points && click.points[0] && click.points[0].customdata;
      if (number) go("/article/" + number);
    },

    openTopic(click) {
      const topic = click && click.points && click.points[0] && click.points[0].customdata;
      if (topic) go("/topic/" + topic);
    },

    tell(told) {
      if (!told) return;
      whenThere("chart-title", () => {
        write("chart-title", told.title);
        write("chart-summary", told.summary);
        write("chart-unit", told.unit);
        write("chart-sql", told.sql);
        write("chart-python", told.python);
        setLink("chart-compare", told.compare);
        write("chart-empty", told.empty, !told.empty);
        write("notices", told.notices.join(" "), !told.notices.length);
        setLink("chart-csv", told.csv);
        drawTable("chart-table", told.table);
        document.getElementById("chart-table").hidden = !told.isTable;
        document.getElementById("chart-frame").hidden = told.isTable || Boolean(told.empty);
        window.coverageBuckets = told.buckets;
        told.errors.forEach((error, nth) => {
          if (document.getElementById("query-" + (nth + 1))) dash_clientside.set_props("query-" + (nth + 1), { error: error || false });
        });
        write("announced", told.summary);
      });
    },

    explain(told) {
      if (!told) return;
      whenThere("why-title", () => {
        write("why-title", told.title);
        write("why-note", told.note);
        setLink("why-clear", told.clear, !told.clear);
        for (const part of ["stories", "words", "sources", "speakers"]) drawTable("why-" + part, told[part]);
        drawWays(told.robust || []);
        const lines = document.getElementById("why-lines");
        lines.replaceChildren();
        for (const line of told.lines) {
          const link = linked(line.text, line.href, "line");
          if (line.isNow) link.setAttribute("aria-current", "true");
          lines.append(link);
        }
      });
    },

    list(told) {
      if (!told) return;
      whenThere("list-title", () => {
        write("list-title", told.title);
        write("list-note", told.note);
        drawTable("list-table", told.table);
        setLink("list-csv", told.csv, !told.csv);
        setLink("list-before", told.before, !told.before);
        setLink("list-after", told.after, !told.after);
        const sorts = document.getElementById("list-sorts");
        sorts.replaceChildren(element("span", "", "Sort: "));
        for (const sort of told.sorts) {
          const link = linked(sort.text, sort.href);
          if (sort.isNow) link.setAttribute("aria-current", "true");
          sorts.append(link);
        }
      });
    },

    answered(told) {
      if (!told) return;
      whenThere("sql-note", () => {
        write("sql-note", told.note);
        drawTable("sql-table", told.table);
        document.getElementById("sql-chart-frame").hidden = !told.hasChart;
        if (told.hasChart) window.dispatchEvent(new Event("resize")); // it was drawn while it had no size
      });
    },

    mark(kinds) {
      const text = document.getElementById("article-text");
      if (text) text.className = "prose " + (kinds || []).map((kind) => "shows-" + kind).join(" ");
    },
  };

  /* ---- links, buttons and keys ---- */

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-does]");
    if (button) return does(button);
    const link = event.target.closest("a[href]");
    if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const address = new URL(link.href, window.location.href);
    const leaves = link.target || link.hasAttribute("download") || address.origin !== window.location.origin;
    if (leaves || /\.(csv|json)$/.test(address.pathname) || (address.hash && address.pathname === window.location.pathname)) return;
    event.preventDefault();
    go(address.pathname + address.search);
  });

  document.addEventListener("submit", (event) => {
    if (event.target.id !== "search-form") return;
    event.preventDefault();
    const field = document.getElementById("search-field");
    const query = field.value.trim();
    if (query) go("/explore" + written([["q", query]]));
    field.value = "";
    field.blur();
  });

  function runStatement() {
    const statement = document.getElementById("sql-text").value.trim();
    if (statement) go("/sql" + written([["s", statement]]));
  }

  function does(button) {
    const what = button.dataset.does;
    if (what === "run-sql") runStatement();
    if (what === "scheme") toggleScheme();
    if (what === "copy-link") copy(citable(), button);
    if (what === "copy") copy(document.getElementById(button.dataset.of).textContent, button);
    if (what === "picture") {
      const charted = button.closest("[data-charted]");
      const chart = charted ? charted.querySelector(".js-plotly-plot") : document.querySelector("#chart .js-plotly-plot");
      const name = (charted ? charted.dataset.charted : (document.getElementById("chart-title") || {}).textContent) || "chart";
      if (chart) window.Plotly.downloadImage(chart, { format: button.dataset.form, width: 1200, height: 500, scale: 2, filename: name.slice(0, 60) });
    }
    if (what === "keys") document.getElementById("keys").showModal();
    if (what === "close-keys") document.getElementById("keys").close();
    if (what === "switch-keys") {
      window.localStorage.setItem("keys", window.localStorage.getItem("keys") === "off" ? "on" : "off");
      button.textContent = window.localStorage.getItem("keys") === "off" ? "Switch single keys on" : "Switch single keys off";
    }
  }

  /* the address with the publication whose numbers it shows */
  function citable() {
    const parameters = new URLSearchParams(window.location.search);
    const shown = document.querySelector("[data-publication]");
    if (shown) parameters.set("publication", shown.dataset.publication);
    return window.location.origin + window.location.pathname + written(parameters);
  }

  function copy(text, button) {
    navigator.clipboard.writeText(text).then(() => {
      write("announced", "Copied");
      const before = button.textContent;
      button.textContent = "Copied";
      window.setTimeout(() => { button.textContent = before; }, 1200);
    }, () => write("announced", "The browser does not let this page copy"));
  }

  let isGoing = false;
  const PLACES = { o: "/", e: "/explore", s: "/sources", t: "/topics", p: "/people", c: "/compare", h: "/health", q: "/sql", a: "/about" };

  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.id === "sql-text") return runStatement();
    const isTyping = event.target.closest("input, textarea, select, [contenteditable], dialog");
    if (isTyping || event.metaKey || event.ctrlKey || event.altKey || window.localStorage.getItem("keys") === "off") return;
    if (isGoing) {
      isGoing = false;
      if (PLACES[event.key]) go(PLACES[event.key]);
      return;
    }
    const actions = {
      "/": () => document.getElementById("search-field").focus(),
      "g": () => { isGoing = true; window.setTimeout(() => { isGoing = false; }, 1500); },
      "t": () => go(changed({ view: new URLSearchParams(window.location.search).get("view") === "table" ? "" : "table" })),
      "[": () => step(-1),
      "]": () => step(1),
      "?": () => document.getElementById("keys").showModal(),
      "Escape": () => { if (document.getElementById("chart")) go(changed({ peak: "", line: "", page: "" })); },
      "n": () => nextMark(1),
      "p": () => nextMark(-1),
    };
    if (!actions[event.key]) return;
    event.preventDefault();
    actions[event.key]();
  });

  let markAt = -1;
  function nextMark(by) {
    const marks = [...document.querySelectorAll("#article-text mark.match")];
    if (!marks.length) return;
    markAt = (markAt + by + marks.length) % marks.length;
    for (const mark of marks) mark.classList.remove("now");
    marks[markAt].classList.add("now");
    marks[markAt].scrollIntoView({ block: "center" });
  }
})();
