'use strict';

// Asks this instance for its copy of both topics, again and again, and shows what has changed.

const language = navigator.language.split('-')[0];

function cell(row, content) {
  const td = row.insertCell();
  td.append(content);
  return td;
}

function button(text, onClick) {
  const it = document.createElement('button');
  it.type = 'button';
  it.textContent = text;
  it.addEventListener('click', onClick);
  return it;
}

async function write(method, path, body) {
  const problem = document.getElementById('problem');
  try {
    const answer = await fetch(path, {
      method,
      headers: body === undefined ? {} : { 'Content-Type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    problem.textContent = answer.ok ? '' : (await answer.json()).detail;
  } catch (unreachable) {
    problem.textContent = String(unreachable);
  }
  await flags.redraw();
}

const flagPath = name => '/api/feature-flags/' + encodeURIComponent(name);

function showFlag(row, name, flag) {
  cell(row, name);
  const box = document.createElement('input');
  box.type = 'checkbox';
  box.checked = flag.enabled;
  box.setAttribute('aria-label', name);
  box.addEventListener('change', () => write('PUT', flagPath(name), { enabled: box.checked }));
  cell(row, box);
  cell(row, button('Delete', () => write('DELETE', flagPath(name))));
}

function showCurrency(row, code, currency) {
  cell(row, code);
  cell(row, currency.numericCode);
  cell(row, currency.digits < 0 ? '–' : String(currency.digits));
  cell(row, currency.names[language] ?? currency.names.en);
}

function topic(name, everyMs, showRow) {
  const section = document.getElementById(name);
  const state = section.querySelector('.state');
  const revision = section.querySelector('.revision');
  const count = section.querySelector('.count');
  let shown = null;

  function show(view) {
    state.textContent = view.state ?? 'unreachable';
    state.className = 'state ' + state.textContent;
    if (view.revision === undefined || view.revision === shown) {
      return;
    }
    const rows = document.createElement('tbody');
    const entries = Object.entries(view.data);
    entries.forEach(([key, value]) => showRow(rows.insertRow(), key, value));
    section.querySelector('tbody').replaceWith(rows);
    revision.textContent = view.revision;
    if (count !== null) {
      count.textContent = String(entries.length);
    }
    shown = view.revision;
  }

  async function refresh() {
    try {
      show(await (await fetch('/api/' + name)).json());
    } catch (unreachable) {
      show({});
    }
  }

  async function keepFresh() {
    await refresh();
    setTimeout(keepFresh, everyMs);
  }

  // also what has not changed: a refused edit has left its mark on the page
  function redraw() {
    shown = null;
    return refresh();
  }

  return { redraw, keepFresh };
}

const flags = topic('feature-flags', 500, showFlag);
const currencies = topic('currencies', 2000, showCurrency);

document.querySelector('form').addEventListener('submit', event => {
  event.preventDefault();
  write('PUT', flagPath(event.target.elements.name.value), { enabled: true });
  event.target.reset();
});
document.querySelector('.reload').addEventListener('click', async () => {
  await write('POST', '/api/currencies/reload');
  await currencies.redraw();
});

flags.keepFresh();
currencies.keepFresh();
